using System.Buffers.Binary;
using ChatService.Client.Encryption.Primitives;

namespace ChatService.Client.Encryption.Attachments;

/// <summary>
/// One file's chunks (protocol §7): the nonce is <c>prefix (7) ‖ u32(index) ‖ final flag</c>, index and flag are the associated data,
/// so that a chunk fits one place only and the end cannot be cut off.
/// </summary>
internal sealed class AttachmentChunks(IAesGcm aes, byte[] key, byte[] noncePrefix)
{
    public const int NoncePrefixSize = 7;
    public const int PlaintextSize = 64 * 1024;
    public const int CiphertextSize = PlaintextSize + AesGcmSizes.Tag;

    private const int PlaceSize = 5;

    private uint _index;

    /// <param name="ciphertext">As long as the plaintext and a tag.</param>
    public void Encrypt(ReadOnlySpan<byte> plaintext, bool isFinal, Span<byte> ciphertext)
    {
        Span<byte> nonce = stackalloc byte[AesGcmSizes.Nonce];
        WriteNonce(nonce, isFinal);
        aes.Encrypt(key, nonce, plaintext, ciphertext[..^AesGcmSizes.Tag], ciphertext[^AesGcmSizes.Tag..], nonce[^PlaceSize..]);
    }

    public bool TryDecrypt(ReadOnlySpan<byte> ciphertext, bool isFinal, Span<byte> plaintext)
    {
        Span<byte> nonce = stackalloc byte[AesGcmSizes.Nonce];
        WriteNonce(nonce, isFinal);
        return aes.TryDecrypt(key, nonce, ciphertext[..^AesGcmSizes.Tag], ciphertext[^AesGcmSizes.Tag..], plaintext, nonce[^PlaceSize..]);
    }

    private void WriteNonce(Span<byte> nonce, bool isFinal)
    {
        noncePrefix.CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[NoncePrefixSize..], _index);
        nonce[^1] = isFinal ? (byte)1 : (byte)0;
        _index = checked(_index + 1);
    }
}
