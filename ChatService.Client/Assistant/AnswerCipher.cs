using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Encryption.Primitives;
using ChatService.Contracts;

namespace ChatService.Client.Assistant;

/// <summary>
/// The pieces of one answer (protocol section 11). The key is new for each attempt at an answer and comes to the members' devices in
/// an envelope, so that a piece that is lost costs no ratchet anything. Padded, since the sizes of tokens would tell much about a text.
/// </summary>
internal sealed class AnswerCipher(IAesGcm aes)
{
    public const int KeySize = AesGcmSizes.Key;

    private static ReadOnlySpan<byte> Label => "ChatService_CHUNK_v1\0"u8;

    /// <param name="index">From 1; each only once under a key.</param>
    public AIChunk Seal(ReadOnlySpan<byte> key, Guid conversationId, Guid deviceId, Guid promptId, int index, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        byte[] padded = new byte[Padding.PaddedSize(content.Length)], sealedText = new byte[padded.Length], tag = new byte[AesGcmSizes.Tag];
        Padding.Pad(content, padded);
        var nonce = Nonce(index);
        aes.Encrypt(key, nonce, padded, sealedText, tag, AssociatedData(conversationId, deviceId, promptId, index));
        CryptographicOperations.ZeroMemory(padded);
        return new(conversationId, promptId, index, Convert.ToBase64String(sealedText), Convert.ToBase64String(nonce), Convert.ToBase64String(tag));
    }

    /// <summary>Null: not a piece of this answer, or not as it was sealed.</summary>
    public string? TryOpen(ReadOnlySpan<byte> key, Guid deviceId, AIChunk chunk)
    {
        byte[] sealedText, tag;
        try
        {
            (sealedText, tag) = (Convert.FromBase64String(chunk.EncryptedContent), Convert.FromBase64String(chunk.AuthTag));
        }
        catch (FormatException)
        {
            return null;
        }

        var padded = new byte[sealedText.Length];
        return tag.Length == AesGcmSizes.Tag
            && aes.TryDecrypt(key, Nonce(chunk.Index), sealedText, tag, padded, AssociatedData(chunk.ConversationId, deviceId, chunk.PromptId, chunk.Index))
            ? Encoding.UTF8.GetString(padded.AsSpan(0, Padding.ContentSize(padded)))
            : null;
    }

    private static byte[] Nonce(int index)
    {
        var nonce = new byte[AesGcmSizes.Nonce];
        BinaryPrimitives.WriteInt32BigEndian(nonce.AsSpan(AesGcmSizes.Nonce - sizeof(int)), index);
        return nonce;
    }

    private static byte[] AssociatedData(Guid conversationId, Guid deviceId, Guid promptId, int index)
    {
        var data = new byte[Label.Length + (3 * 16) + sizeof(int)];
        Label.CopyTo(data);
        var rest = data.AsSpan(Label.Length);
        conversationId.TryWriteBytes(rest, bigEndian: true, out _);
        deviceId.TryWriteBytes(rest[16..], bigEndian: true, out _);
        promptId.TryWriteBytes(rest[32..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(rest[48..], index);
        return data;
    }
}
