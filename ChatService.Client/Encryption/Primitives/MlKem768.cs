using Org.BouncyCastle.Crypto.Kems;
using Org.BouncyCastle.Crypto.Parameters;

namespace ChatService.Client.Encryption.Primitives;

/// <summary>ML-KEM-768 (FIPS 203). A private key is kept as its 64-byte seed (d ‖ z).</summary>
internal static class MlKem768
{
    public const int SeedSize = 64;
    public const int PublicKeySize = 1184;
    public const int PrivateKeySize = 2400;
    public const int CiphertextSize = 1088;
    public const int SecretSize = 32;

    private static readonly MLKemParameters Parameters = MLKemParameters.ml_kem_768;

    public static byte[] PublicKey(byte[] seed) => FromSeed(seed).GetPublicKeyEncoded();

    /// <summary>The modulus check of FIPS 203 §7.2 included: a key with a coefficient out of range is refused.</summary>
    public static bool IsValidPublicKey(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != PublicKeySize)
            return false;
        try
        {
            MLKemPublicKeyParameters.FromEncoding(Parameters, publicKey.ToArray());
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static void Encapsulate(byte[] publicKey, IRandomSource random, Span<byte> ciphertext, Span<byte> secret)
    {
        var encapsulator = new MLKemEncapsulator(Parameters);
        encapsulator.Init(new ParametersWithRandom(
            MLKemPublicKeyParameters.FromEncoding(Parameters, publicKey), new BouncyCastleRandom(random)));
        encapsulator.Encapsulate(ciphertext, secret);
    }

    /// <summary>A ciphertext that was not made for this key gives another secret, not an error (implicit rejection).</summary>
    public static void Decapsulate(byte[] seed, ReadOnlySpan<byte> ciphertext, Span<byte> secret) =>
        Decapsulate(FromSeed(seed), ciphertext, secret);

    internal static void Decapsulate(MLKemPrivateKeyParameters privateKey, ReadOnlySpan<byte> ciphertext, Span<byte> secret)
    {
        var decapsulator = new MLKemDecapsulator(Parameters);
        decapsulator.Init(privateKey);
        decapsulator.Decapsulate(ciphertext, secret);
    }

    internal static MLKemPrivateKeyParameters FromSeed(byte[] seed) => MLKemPrivateKeyParameters.FromSeed(Parameters, seed);

    internal static MLKemPrivateKeyParameters FromEncoding(byte[] privateKey) => MLKemPrivateKeyParameters.FromEncoding(Parameters, privateKey);
}
