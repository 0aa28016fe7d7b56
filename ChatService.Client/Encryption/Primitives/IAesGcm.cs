namespace ChatService.Client.Encryption.Primitives;

/// <summary>AES-256-GCM with a 96-bit nonce and a 128-bit tag (NIST SP 800-38D). A seam, because a browser has no <see cref="System.Security.Cryptography.AesGcm"/>.</summary>
public interface IAesGcm
{
    /// <summary>Encrypts into <paramref name="ciphertext"/> (as long as <paramref name="plaintext"/>) and <paramref name="tag"/> (16 bytes).</summary>
    void Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> associatedData);

    /// <summary>False, with <paramref name="plaintext"/> cleared, when the tag does not fit.</summary>
    bool TryDecrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext, ReadOnlySpan<byte> associatedData);
}
