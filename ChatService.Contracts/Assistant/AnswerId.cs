using System.Security.Cryptography;

namespace ChatService.Contracts;

/// <summary>An answer's message id follows from its prompt's, so that a prompt is answered once, whoever answers and however often.</summary>
public static class AnswerId
{
    private static ReadOnlySpan<byte> Label => "ChatService_ANSWER_v1\0"u8;

    /// <summary>A UUIDv7 with the prompt's time; the rest is from SHA-256 of a label and the prompt's id.</summary>
    public static Guid For(Guid promptId)
    {
        Span<byte> input = stackalloc byte[Label.Length + 16];
        Label.CopyTo(input);
        promptId.TryWriteBytes(input[Label.Length..], bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);

        var id = hash[..16];
        input.Slice(Label.Length, 6).CopyTo(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
