namespace ChatService.Core.Attachments;

/// <summary>
/// Ciphertext of a file that a message names. What it is, and its key, only that message's readers know; the server knows
/// the message's id, and by it whether the file is still needed.
/// </summary>
public sealed class Attachment
{
    public required Guid Id { get; init; }

    public required Guid ConversationId { get; init; }

    public required Guid UploaderId { get; init; }

    /// <summary>Made in advance by the uploader. It is not there yet while the upload goes on.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>Bytes of the whole ciphertext.</summary>
    public required long Size { get; init; }

    public required DateTime CreatedAt { get; init; }
}
