namespace ChatService.Contracts;

/// <summary>How a ciphertext is cut for its way to the server and back: chunks of <see cref="Limits.AttachmentChunk"/> bytes, the last one what is left.</summary>
public static class UploadChunks
{
    /// <param name="size">Bytes of the whole ciphertext.</param>
    public static int CountOf(long size) => (int)((size + Limits.AttachmentChunk - 1) / Limits.AttachmentChunk);

    /// <summary>Bytes of one chunk.</summary>
    /// <param name="size">Bytes of the whole ciphertext.</param>
    /// <param name="index">From 0, below <see cref="CountOf"/>.</param>
    public static int LengthOf(long size, int index) => (int)Math.Min(Limits.AttachmentChunk, size - ((long)index * Limits.AttachmentChunk));
}
