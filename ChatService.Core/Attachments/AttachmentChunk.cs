namespace ChatService.Core.Attachments;

/// <summary>A piece of an attachment: all are of one size but the last. Written and read by SQL of their own, a piece at a time.</summary>
public sealed class AttachmentChunk
{
    public required Guid AttachmentId { get; init; }

    public required int Index { get; init; }

    public required byte[] Bytes { get; init; }
}
