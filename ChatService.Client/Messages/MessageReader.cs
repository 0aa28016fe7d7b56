using ChatService.Client.Conversations;
using ChatService.Client.Outbox;
using ChatService.Client.Receipts;
using ChatService.Client.Storage;

namespace ChatService.Client.Messages;

/// <summary>Stored messages as an application sees them, with their states.</summary>
internal sealed class MessageReader(IChatStore store, ArrivalLog arrivals, Guid me)
{
    private const int Batch = 64;

    public async Task<IReadOnlyList<ChatMessage>> HistoryAsync(Guid conversationId, long? before, int limit, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        var progress = await ProgressAsync(transaction, conversationId, ct);
        var messages = await MessageStore.BeforeAsync(transaction, conversationId, before ?? long.MaxValue, limit, ct);
        return [.. messages.Select(message => Show(message, progress))];
    }

    public async Task<IReadOnlyList<ChatMessage>> PendingAsync(Guid conversationId, Guid ownDevice, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        return [.. (await OutboxStore.ListAsync(transaction, conversationId, ct)).Select(entry => entry.ToMessage(me, ownDevice))];
    }

    /// <summary>Arrivals after a place in the log, for ever. With a subscription, its place is saved when the next message is asked for.</summary>
    public async IAsyncEnumerable<ChatMessage> StreamAsync(
        long after, string? subscription, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        if (subscription is not null)
            after = await PlaceOfAsync(subscription, ct) ?? after;
        while (true)
        {
            var next = arrivals.Next;
            var messages = await AfterAsync(after, ct);
            foreach (var (arrival, message) in messages)
            {
                after = arrival;
                if (message is null)
                    continue;
                yield return message;
                if (subscription is not null)
                    await SavePlaceAsync(subscription, after, ct);
            }

            if (messages.Count == 0)
                await next.WaitAsync(ct);
        }
    }

    public ChatMessage Show(StoredMessage message, ReceiptProgress? progress) => new()
    {
        Id = message.Id,
        ConversationId = message.ConversationId,
        SenderId = message.SenderId,
        SenderDeviceId = message.SenderDeviceId,
        Sequence = message.Sequence,
        CreatedAt = message.CreatedAt,
        Content = message.Content,
        IsOwn = message.SenderId == me && message.SystemEvent is null,
        State = message.SenderId != me || message.SystemEvent is not null ? MessageState.Received
            : message.Sequence <= progress?.ReadThrough ? MessageState.Read
            : message.Sequence <= progress?.DeliveredThrough ? MessageState.Delivered
            : MessageState.Sent,
    };

    private async Task<List<(long Arrival, ChatMessage? Message)>> AfterAsync(long after, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        return [.. (await ArrivalLog.AfterAsync(transaction, after, Batch, ct)).Select(entry => (entry.Arrival, entry.Message is null ? null : Show(entry.Message, null)))];
    }

    private async Task<long?> PlaceOfAsync(string subscription, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        return await transaction.GetNumberAsync(ClientTables.Subscriptions, subscription, ct);
    }

    private async Task SavePlaceAsync(string subscription, long place, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        await transaction.PutNumberAsync(ClientTables.Subscriptions, subscription, place, ct);
        await transaction.CommitAsync(ct);
    }

    private async ValueTask<ReceiptProgress?> ProgressAsync(IChatTransaction transaction, Guid conversationId, CancellationToken ct) =>
        await ConversationStore.FindAsync(transaction, conversationId, ct) is { } details
            ? await MarkerStore.ProgressAsync(transaction, details, me, ct)
            : null;
}
