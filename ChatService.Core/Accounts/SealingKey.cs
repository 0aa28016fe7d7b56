using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ChatService.Core.Accounts;

/// <summary>AES-256-GCM with a random nonce: <c>nonce (12) ‖ ciphertext ‖ tag (16)</c>, bound to a context.</summary>
public sealed class SealingKey
{
    public const int Size = 32;

    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _key;

    private SealingKey(byte[] key)
    {
        _key = key;
        Id = Convert.ToHexStringLower(HMACSHA256.HashData(key, "ChatService sealing key id"u8).AsSpan(0, 8));
    }

    /// <summary>Tells which key sealed something, and nothing about the key.</summary>
    public string Id { get; }

    public static bool TryParse(string base64, [NotNullWhen(true)] out SealingKey? key)
    {
        var bytes = new byte[Size];
        key = Convert.TryFromBase64String(base64, bytes, out var written) && written == Size ? new SealingKey(bytes) : null;
        return key is not null;
    }

    public byte[] Seal(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> context)
    {
        var result = new byte[NonceSize + plaintext.Length + TagSize];
        var nonce = result.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(nonce, plaintext, result.AsSpan(NonceSize, plaintext.Length), result.AsSpan(NonceSize + plaintext.Length), context);
        return result;
    }

    /// <exception cref="CryptographicException">It was sealed with another key or for another context, or was altered.</exception>
    public byte[] Open(ReadOnlySpan<byte> opaque, ReadOnlySpan<byte> context)
    {
        if (opaque.Length < NonceSize + TagSize)
        {
            throw new CryptographicException("This is too short to be sealed.");
        }

        var plaintext = new byte[opaque.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);
        aes.Decrypt(opaque[..NonceSize], opaque[NonceSize..^TagSize], opaque[^TagSize..], plaintext, context);
        return plaintext;
    }
}
