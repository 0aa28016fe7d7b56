using ChatService.Contracts;

namespace ChatService.Client.Messages;

/// <summary>A message as this device has it: opened, in its place, with its state.</summary>
public sealed record ChatMessage
{
    /// <summary>A UUIDv7 made by the sending device.</summary>
    public required Guid Id { get; init; }

    public required Guid ConversationId { get; init; }

    public required Guid SenderId { get; init; }

    /// <summary>Null for the server's own messages.</summary>
    public Guid? SenderDeviceId { get; init; }

    /// <summary>Its place in the conversation: 1, 2, 3, …; null while it is in the outbox.</summary>
    public long? Sequence { get; init; }

    /// <summary>When the server committed it, UTC; while in the outbox, when it was written.</summary>
    public required DateTime CreatedAt { get; init; }

    public required MessageContent Content { get; init; }

    public required MessageState State { get; init; }

    /// <summary>Could not be opened when it came, and was sealed again for this device: it takes the place of what was shown under its id.</summary>
    public bool IsLate { get; init; }

    /// <summary>Sent by this user, from this or another device.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>Why it is <see cref="MessageState.Failed"/>.</summary>
    public ChatError? Error { get; init; }

    /// <summary>When its author changed its text last; null: never. <see cref="Content"/> has the new text.</summary>
    public DateTime? EditedAt { get; init; }

    public IReadOnlyList<Reaction> Reactions { get; init; } = [];

    /// <summary>When every device forgets it, UTC; null: it stays.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>Its author took it back for everyone.</summary>
    public bool IsDeleted => Content is DeletedContent;

    /// <summary>The message that this one answers; it may not be on this device.</summary>
    public Guid? ReplyTo => (Content as ReplyContent)?.ReplyTo;

    /// <summary>The message that this one edits, deletes or reacts to; otherwise null. Such a message is shown with its target, not by itself.</summary>
    public Guid? Target => MessageAmendments.TargetOf(Content);

    /// <summary>The file that it carries.</summary>
    public AttachmentInfo? Attachment => Content switch
    {
        ImageContent c => c.Attachment,
        FileContent c => c.Attachment,
        _ => null,
    };

    /// <summary>The text, where the content has one; otherwise null.</summary>
    public string? Text => Content switch
    {
        TextContent c => c.Text,
        ReplyContent c => c.Text,
        AssistantPromptContent c => c.Text,
        _ => null,
    };
}
