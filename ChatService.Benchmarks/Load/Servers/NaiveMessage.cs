using ChatService.Contracts;

namespace ChatService.Benchmarks.Load.Servers;

/// <summary>The columns of a stored message. The sequence is the table's, not the conversation's, so that writers do not wait for each other.</summary>
internal sealed class NaiveMessage
{
    public long Sequence { get; init; }

    public required Guid Id { get; init; }

    public required Guid ConversationId { get; init; }

    public required Guid SenderId { get; init; }

    public required Guid SenderDeviceId { get; init; }

    public required byte[] EncryptedContent { get; init; }

    public required byte[] Nonce { get; init; }

    public required byte[] AuthTag { get; init; }

    public MessageType Type { get; init; }

    public required DateTime CreatedAt { get; init; }
}
