using ChatService.Client.Messages;

namespace ChatService.Client.Attachments;

/// <summary>A file on its way to the server. Its ciphertext is in the spool: encrypted once, so that an upload that goes on after a crash sends the same bytes.</summary>
/// <param name="MessageId">The message that will name it, made in advance.</param>
internal sealed record UploadRecord(Guid Id, Guid MessageId, Guid ConversationId, DateTime CreatedAt)
{
    /// <summary>The message's JSON; null while the file is still being encrypted, and lost with the process in that case.</summary>
    public string? Json { get; init; }

    /// <summary>Bytes.</summary>
    public long CiphertextSize { get; init; }

    public ChatMessage ToMessage(Guid me, Guid ownDevice) => new()
    {
        Id = MessageId,
        ConversationId = ConversationId,
        SenderId = me,
        SenderDeviceId = ownDevice,
        CreatedAt = CreatedAt,
        Content = ContentJson.Read(Json ?? ""),
        IsOwn = true,
        State = MessageState.Pending,
    };
}
