using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ChatService.Worker.Assistant;

/// <summary>What follows from the sealing key: one key for each use (RFC 5869).</summary>
internal static class AssistantKeys
{
    private const int Size = 32;

    public static bool TryDecode(string sealingKey, [NotNullWhen(true)] out byte[]? key)
    {
        key = new byte[Size];
        if (Convert.TryFromBase64String(sealingKey, key, out var written) && written == Size)
        {
            return true;
        }

        key = null;
        return false;
    }

    /// <summary>Seals the store's values.</summary>
    public static byte[] ForStore(string sealingKey) => Derive(sealingKey, "ChatService_ASSISTANT_STORE_v1"u8);

    /// <summary>What the assistant signs in with at the built-in authority: nobody else can make it, and it is never stored.</summary>
    public static string ClientSecret(string sealingKey) => Base64Url.EncodeToString(Derive(sealingKey, "ChatService_ASSISTANT_CLIENT_v1"u8));

    private static byte[] Derive(string sealingKey, ReadOnlySpan<byte> use)
    {
        if (!TryDecode(sealingKey, out var key))
        {
            throw new InvalidOperationException("Assistant:SealingKey is not 32 bytes in base64.");
        }

        var derived = new byte[Size];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt: [], use);
        CryptographicOperations.ZeroMemory(key);
        return derived;
    }
}
