namespace ChatService.Client.Assistant;

/// <summary>What an answer's first piece holds, sealed like a message: which prompt it answers, and the key of the other pieces.</summary>
/// <param name="Key">32 bytes.</param>
internal sealed record AnswerOpening(string Type, Guid Prompt, byte[] Key)
{
    public const string TypeName = "assistant-stream";

    /// <summary>Never a message's version, so that a server can pass neither off as the other.</summary>
    public const int IdVersion = 8;

    public static Guid NewId()
    {
        Span<byte> id = stackalloc byte[16];
        Guid.CreateVersion7().TryWriteBytes(id, bigEndian: true, out _);
        id[6] = (byte)((id[6] & 0x0F) | (IdVersion << 4));
        return new(id, bigEndian: true);
    }
}
