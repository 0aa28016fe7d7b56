using ChatService.Contracts;

namespace ChatService.Core.Messages;

/// <summary>
/// A stored envelope. Written by the group commit, not by EF; its status is derived from the participants' markers, so no
/// row is ever updated.
/// </summary>
public sealed class Message
{
    public Guid ConversationId { get; private set; }

    public long Sequence { get; private set; }

    /// <summary>The sender's UUIDv7: what makes a retry recognisable.</summary>
    public Guid Id { get; private set; }

    public Guid SenderId { get; private set; }

    /// <summary>Null for system messages.</summary>
    public Guid? SenderDeviceId { get; private set; }

    public byte[] EncryptedContent { get; private set; } = [];

    public byte[] Nonce { get; private set; } = [];

    public byte[] AuthTag { get; private set; } = [];

    public MessageType Type { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public SystemEvent? SystemEvent { get; private set; }

    /// <summary>When the server forgets it; set by the insert itself, from the conversation's timer at that moment.</summary>
    public DateTime? ExpiresAt { get; private set; }

    internal static Message FromSystem(Guid conversationId, long sequence, SystemEvent systemEvent, DateTime now) => new()
    {
        ConversationId = conversationId,
        Sequence = sequence,
        Id = Guid.CreateVersion7(),
        SenderId = systemEvent.ActorId,
        Type = MessageType.System,
        CreatedAt = now,
        SystemEvent = systemEvent,
    };

    public SealedMessage ToSealedMessage() => new(
        Id,
        ConversationId,
        SenderId,
        SenderDeviceId,
        Sequence,
        Convert.ToBase64String(EncryptedContent),
        Convert.ToBase64String(Nonce),
        Convert.ToBase64String(AuthTag),
        Type,
        CreatedAt,
        SystemEvent);
}
