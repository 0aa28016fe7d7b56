using Org.BouncyCastle.Math.EC.Rfc7748;

namespace ChatService.Client.Encryption.Primitives;

/// <summary>X25519 (RFC 7748). Keys and secrets are 32 bytes.</summary>
internal static class Curve25519
{
    public const int KeySize = 32;

    public static void PublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey) => X25519.ScalarMultBase(privateKey, publicKey);

    /// <summary>Refuses a result of all zeros, which a peer's key of small order would give (RFC 7748 §6.1).</summary>
    public static void Agree(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> publicKey, Span<byte> secret)
    {
        if (!X25519.CalculateAgreement(privateKey, publicKey, secret))
            throw EncryptionException.Malformed("public key");
    }
}
