using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Client.Receipts;

namespace ChatService.Client;

public sealed partial class ChatClient
{
    /// <summary>How many members have a message and have read it, as this device knows. All zero while it has no place yet.</summary>
    public async Task<ReceiptCounts> ReceiptsAsync(ChatMessage message, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        await using var transaction = await _parts.Store.BeginAsync(ct);
        return await ConversationStore.FindAsync(transaction, message.ConversationId, ct) is { } details
            ? await MarkerStore.CountAsync(transaction, details, message.SenderId, message.Sequence ?? long.MaxValue, ct)
            : new(0, 0, 0);
    }

    /// <summary>The sequence up to which this user has read a conversation, on whichever device: what is later is unread. 0: nothing.</summary>
    public async Task<long> ReadThroughAsync(Guid conversationId, CancellationToken ct = default)
    {
        await using var transaction = await _parts.Store.BeginAsync(ct);
        return Math.Max(
            await MarkerStore.ReadThroughAsync(transaction, conversationId, Me.Id, ct),
            await ReceiptStore.ReadThroughAsync(transaction, conversationId, ct));
    }
}
