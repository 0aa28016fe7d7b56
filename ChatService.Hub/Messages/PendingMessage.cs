using System.Diagnostics;
using ChatService.Contracts;

namespace ChatService.Hub.Messages;

/// <summary>A checked envelope on its way into the database.</summary>
/// <param name="MembershipVersion">The version whose device list the envelope was found to match.</param>
public sealed record PendingMessage(
    Guid Id,
    Guid ConversationId,
    Guid SenderId,
    Guid SenderDeviceId,
    long MembershipVersion,
    byte[] EncryptedContent,
    byte[] Nonce,
    byte[] AuthTag,
    EnvelopeText Text,
    MessageType Type,
    string ConnectionId)
{
    /// <summary>The span of the hub call that waits for the message, if somebody watches.</summary>
    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    public MessageReceipt ToReceipt(long sequence, DateTime createdAt) => new(Id, ConversationId, sequence, createdAt);

    public SealedMessage ToSealedMessage(MessageReceipt receipt) => new(
        Id,
        ConversationId,
        SenderId,
        SenderDeviceId,
        receipt.Sequence,
        Text.EncryptedContent,
        Text.Nonce,
        Text.AuthTag,
        Type,
        receipt.CreatedAt);
}
