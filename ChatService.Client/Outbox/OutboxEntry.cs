using ChatService.Client.Messages;
using ChatService.Contracts;

namespace ChatService.Client.Outbox;

/// <summary>A message that waits to be acknowledged.</summary>
/// <param name="Order">Its place among all that this device ever sent.</param>
/// <param name="Json">The content, not sealed yet: the store is what protects it.</param>
internal sealed record OutboxEntry(long Order, Guid Id, Guid ConversationId, MessageType Type, string Json, DateTime CreatedAt)
{
    /// <summary>A device with which sealing starts a new session, since the one there is may be what is broken.</summary>
    public Guid? FreshSessionWith { get; init; }

    /// <summary>No prompt, and for the assistant all the same: it takes one back, or gives one that it could not open again.</summary>
    public bool ForAssistant { get; init; }

    /// <summary>Why it failed for good.</summary>
    public ChatError? Error { get; init; }

    public ChatMessage ToMessage(Guid me, Guid ownDevice) => new()
    {
        Id = Id,
        ConversationId = ConversationId,
        SenderId = me,
        SenderDeviceId = ownDevice,
        CreatedAt = CreatedAt,
        Content = ContentJson.Read(Json),
        IsOwn = true,
        State = Error is null ? MessageState.Pending : MessageState.Failed,
        Error = Error,
    };
}
