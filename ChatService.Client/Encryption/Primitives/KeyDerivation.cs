using System.Security.Cryptography;

namespace ChatService.Client.Encryption.Primitives;

/// <summary>HKDF-SHA256 (RFC 5869) with the protocol's labels, and the chain's HMAC steps (Double Ratchet §7.2).</summary>
internal static class KeyDerivation
{
    private static ReadOnlySpan<byte> ZeroSalt => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public static void Hkdf(ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label, Span<byte> output) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, inputKey, output, salt, label);

    public static void SessionKey(ReadOnlySpan<byte> inputKey, Span<byte> sessionKey) =>
        Hkdf(inputKey, ZeroSalt, "ChatService_CURVE25519_SHA-256_ML-KEM-768"u8, sessionKey);

    /// <summary>KDF_RK: replaces <paramref name="rootKey"/> and gives a new chain key.</summary>
    public static void RootStep(Span<byte> rootKey, ReadOnlySpan<byte> secret, Span<byte> chainKey)
    {
        Span<byte> output = stackalloc byte[64];
        Hkdf(secret, rootKey, "ChatService_DR_RK"u8, output);
        output[..32].CopyTo(rootKey);
        output[32..].CopyTo(chainKey);
        CryptographicOperations.ZeroMemory(output);
    }

    /// <summary>KDF_CK: gives a message key and moves <paramref name="chainKey"/> on.</summary>
    public static void ChainStep(Span<byte> chainKey, Span<byte> messageKey)
    {
        Span<byte> next = stackalloc byte[32];
        HMACSHA256.HashData(chainKey, [1], messageKey);
        HMACSHA256.HashData(chainKey, [2], next);
        next.CopyTo(chainKey);
        CryptographicOperations.ZeroMemory(next);
    }

    /// <summary>32-byte AES key followed by the 12-byte IV.</summary>
    public static void MessageKey(ReadOnlySpan<byte> messageKey, Span<byte> keyAndNonce) =>
        Hkdf(messageKey, ZeroSalt, "ChatService_DR_MK"u8, keyAndNonce);

    /// <summary>32-byte content key followed by the 32-byte commitment.</summary>
    public static void Content(ReadOnlySpan<byte> seed, Span<byte> keyAndCommitment) =>
        Hkdf(seed, ZeroSalt, "ChatService_CONTENT"u8, keyAndCommitment);
}
