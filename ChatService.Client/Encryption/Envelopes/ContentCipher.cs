using System.Security.Cryptography;
using ChatService.Client.Encryption.Primitives;

namespace ChatService.Client.Encryption.Envelopes;

/// <summary>The content under its one-message key (protocol §5): seed to key and commitment, and what everything is bound to.</summary>
internal sealed class ContentCipher(IAesGcm aes)
{
    public const int BindSize = 32;

    private static ReadOnlySpan<byte> Label => "ChatService_ENV_v1\0"u8;

    /// <summary><c>label ‖ 01 ‖ conversation id ‖ sender device id ‖ message id ‖ commitment</c>.</summary>
    public static byte[] AssociatedData(Guid conversationId, Guid senderDeviceId, Guid messageId, ReadOnlySpan<byte> commitment)
    {
        var data = new byte[Label.Length + 1 + (3 * 16) + EnvelopeLayout.CommitmentSize];
        Label.CopyTo(data);
        var rest = data.AsSpan(Label.Length);
        rest[0] = EnvelopeLayout.Version;
        conversationId.TryWriteBytes(rest[1..], bigEndian: true, out _);
        senderDeviceId.TryWriteBytes(rest[17..], bigEndian: true, out _);
        messageId.TryWriteBytes(rest[33..], bigEndian: true, out _);
        commitment.CopyTo(rest[49..]);
        return data;
    }

    /// <summary>SHA-256 of <c>aad ‖ nonce ‖ ciphertext ‖ tag</c>: goes into every wrap's associated data.</summary>
    public static void Bind(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> bind)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(associatedData);
        hash.AppendData(nonce);
        hash.AppendData(ciphertext);
        hash.AppendData(tag);
        hash.GetHashAndReset(bind);
    }

    /// <param name="keyAndCommitment">Derived from the seed.</param>
    public void Encrypt(ReadOnlySpan<byte> keyAndCommitment, ReadOnlySpan<byte> content, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, Span<byte> ciphertext, Span<byte> tag)
    {
        var padded = new byte[ciphertext.Length];
        Padding.Pad(content, padded);
        aes.Encrypt(keyAndCommitment[..AesGcmSizes.Key], nonce, padded, ciphertext, tag, associatedData);
        CryptographicOperations.ZeroMemory(padded);
    }

    /// <exception cref="EncryptionException"><see cref="EncryptionError.Tampered"/>: not the key that the sender committed to, or another content.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag)
    {
        Span<byte> keyAndCommitment = stackalloc byte[AesGcmSizes.Key + EnvelopeLayout.CommitmentSize];
        KeyDerivation.Content(seed, keyAndCommitment);
        var padded = new byte[ciphertext.Length];
        try
        {
            if (!CryptographicOperations.FixedTimeEquals(keyAndCommitment[AesGcmSizes.Key..], commitment)
                || !aes.TryDecrypt(keyAndCommitment[..AesGcmSizes.Key], nonce, ciphertext, tag, padded, associatedData))
                throw EncryptionException.Tampered();
            return padded[..Padding.ContentSize(padded)];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(keyAndCommitment);
            CryptographicOperations.ZeroMemory(padded);
        }
    }
}
