using Org.BouncyCastle.Math.EC.Rfc8032;

namespace ChatService.Client.Encryption.Primitives;

/// <summary>Ed25519 (RFC 8032): 32-byte seed and public key, 64-byte signature.</summary>
internal static class Ed25519Signature
{
    public const int KeySize = 32;
    public const int Size = 64;

    public static void PublicKey(ReadOnlySpan<byte> seed, Span<byte> publicKey) => Ed25519.GeneratePublicKey(seed, publicKey);

    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message)
    {
        var signature = new byte[Size];
        Ed25519.Sign(seed, message, signature);
        return signature;
    }

    public static bool Verify(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message) =>
        signature.Length == Size && publicKey.Length == KeySize && Ed25519.Verify(signature, publicKey, message);
}
