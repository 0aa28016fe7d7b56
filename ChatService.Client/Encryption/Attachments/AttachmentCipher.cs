using System.Security.Cryptography;
using ChatService.Client.Encryption.Primitives;

namespace ChatService.Client.Encryption.Attachments;

/// <summary>
/// Encrypts files of any size in chunks of 64 KiB (protocol §7), in constant memory.
/// The ciphertext is <c>nonce prefix (7) ‖ chunks</c>, each chunk with its 16-byte tag; an empty file has one empty chunk.
/// </summary>
public sealed class AttachmentCipher(EncryptionOptions? options = null)
{
    private readonly EncryptionOptions _options = options ?? EncryptionOptions.Default;

    /// <summary>How long the ciphertext of a file of <paramref name="size"/> bytes is.</summary>
    public static long CiphertextSize(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var chunks = Math.Max(1, (size + AttachmentChunks.PlaintextSize - 1) / AttachmentChunks.PlaintextSize);
        return AttachmentChunks.NoncePrefixSize + size + (chunks * AesGcmSizes.Tag);
    }

    /// <summary>Encrypts from one stream to the other, and gives what opens it again.</summary>
    public async Task<AttachmentSecret> EncryptAsync(Stream plaintext, Stream ciphertext, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(ciphertext);
        byte[] key = new byte[AesGcmSizes.Key], prefix = new byte[AttachmentChunks.NoncePrefixSize], sealedChunk = new byte[AttachmentChunks.CiphertextSize];
        _options.Random.Fill(key);
        _options.Random.Fill(prefix);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(prefix);
        await ciphertext.WriteAsync(prefix, ct);

        var chunks = new AttachmentChunks(_options.AesGcm, key, prefix);
        using var reader = new ChunkReader(plaintext, AttachmentChunks.PlaintextSize);
        long size = 0;
        await foreach (var (chunk, isFinal) in reader.ReadAsync(ct))
        {
            var written = sealedChunk.AsMemory(0, chunk.Length + AesGcmSizes.Tag);
            chunks.Encrypt(chunk.Span, isFinal, written.Span);
            hash.AppendData(written.Span);
            await ciphertext.WriteAsync(written, ct);
            size += chunk.Length;
        }

        return new(key, hash.GetHashAndReset(), size);
    }

    /// <summary>
    /// Decrypts from one stream to the other. What has been written is authentic chunk by chunk, but may be part of a file only:
    /// throw it away when this throws.
    /// </summary>
    /// <exception cref="EncryptionException">Tampered: changed, reordered, cut short or prolonged. Malformed: not a secret of an attachment.</exception>
    public async Task DecryptAsync(Stream ciphertext, Stream plaintext, AttachmentSecret secret, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(ciphertext);
        ArgumentNullException.ThrowIfNull(plaintext);
        if (secret is not { Key.Length: AesGcmSizes.Key, Sha256.Length: SHA256.HashSizeInBytes, Size: >= 0 })
            throw EncryptionException.Malformed("attachment's key");

        byte[] prefix = new byte[AttachmentChunks.NoncePrefixSize], opened = new byte[AttachmentChunks.PlaintextSize];
        if (await ciphertext.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false, ct) < prefix.Length)
            throw Tampered();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(prefix);

        var chunks = new AttachmentChunks(_options.AesGcm, secret.Key, prefix);
        using var reader = new ChunkReader(ciphertext, AttachmentChunks.CiphertextSize);
        long size = 0;
        try
        {
            await foreach (var (chunk, isFinal) in reader.ReadAsync(ct))
            {
                hash.AppendData(chunk.Span);
                if (chunk.Length < AesGcmSizes.Tag)
                    throw Tampered();
                var written = opened.AsMemory(0, chunk.Length - AesGcmSizes.Tag);
                size += written.Length;
                if (size > secret.Size || !chunks.TryDecrypt(chunk.Span, isFinal, written.Span))
                    throw Tampered();
                await plaintext.WriteAsync(written, ct);
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(opened);
        }

        if (size != secret.Size || !CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), secret.Sha256))
            throw Tampered();
    }

    private static EncryptionException Tampered() =>
        new(EncryptionError.Tampered, "The file did not authenticate: it was changed, or part of it is missing. Download it again.");
}
