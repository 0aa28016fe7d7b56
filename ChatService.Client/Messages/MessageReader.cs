using ChatService.Client.Blocks;
using ChatService.Client.Conversations;
using ChatService.Client.Outbox;
using ChatService.Client.Receipts;
using ChatService.Client.Reseal;
using ChatService.Client.Storage;

namespace ChatService.Client.Messages;

/// <summary>Stored messages as an application sees them, with their states.</summary>
internal sealed class MessageReader(IChatStore store, ArrivalLog arrivals, Guid me, TimeProvider? time = null)
{
    private const int Batch = 64;

    public async Task<IReadOnlyList<ChatMessage>> HistoryAsync(Guid conversationId, long? before, int limit, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        var progress = await ProgressAsync(transaction, conversationId, ct);
        List<ChatMessage> shown = [];
        var next = before ?? long.MaxValue;
        while (shown.Count < limit && await MessageStore.BeforeAsync(transaction, conversationId, next, Batch, ct) is { Count: > 0 } messages)
        {
            next = messages[0].Sequence;
            for (var i = messages.Count - 1; i >= 0 && shown.Count < limit; i--)
            {
                // What changes another message is shown with it.
                if (MessageAmendments.TargetOf(messages[i].Content) is null && await ViewAsync(transaction, messages[i], progress, ct) is { } view)
                    shown.Add(view);
            }
        }

        shown.Reverse();
        return shown;
    }

    /// <summary>A message as it is now; null when it is not on this device (any more).</summary>
    public async Task<ChatMessage?> FindAsync(Guid conversationId, Guid messageId, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        return await MessageStore.FindAsync(transaction, conversationId, messageId, ct) is { } message
            ? await ViewAsync(transaction, message, await ProgressAsync(transaction, conversationId, ct), ct)
            : null;
    }

    /// <summary>What an edit, deletion or reaction has done; null when it counts for nothing.</summary>
    public async Task<MessageChange?> ChangeAsync(ChatMessage amendment, CancellationToken ct)
    {
        if (amendment is not { Target: { } target, Sequence: { } sequence })
            return null;
        await using var transaction = await store.BeginAsync(ct);
        if (await MessageStore.FindAsync(transaction, amendment.ConversationId, sequence, ct) is not { } stored
            || await ViewAsync(transaction, stored, null, ct) is not { } shown
            || await MessageAmendments.TargetAsync(transaction, stored, ct) is not { } changed)
            return null;
        var kind = shown.Content switch
        {
            EditContent => MessageChangeKind.Edited,
            DeleteContent => MessageChangeKind.Deleted,
            _ => MessageChangeKind.Reacted,
        };
        var progress = await ProgressAsync(transaction, amendment.ConversationId, ct);
        return new(kind, amendment.ConversationId, target, amendment.SenderId, await ViewAsync(transaction, changed, progress, ct), shown.Content);
    }

    public async Task<IReadOnlyList<ChatMessage>> PendingAsync(Guid conversationId, Guid ownDevice, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        return [.. (await OutboxStore.ListAsync(transaction, conversationId, ct)).Select(entry => entry.ToMessage(me, ownDevice)).Where(message => !ControlContent.Is(message.Content))];
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
        ExpiresAt = message.ExpiresAt,
        IsLate = message.LateArrival is not null,
        IsOwn = message.SenderId == me && message.SystemEvent is null,
        State = message.SenderId != me || message.SystemEvent is not null ? MessageState.Received
            : message.Sequence <= progress?.ReadThrough ? MessageState.Read
            : message.Sequence <= progress?.DeliveredThrough ? MessageState.Delivered
            : MessageState.Sent,
    };

    /// <summary>With all that was done to it; null for what has disappeared, and for an amendment that counts for nothing.</summary>
    private async ValueTask<ChatMessage?> ViewAsync(IChatTransaction transaction, StoredMessage message, ReceiptProgress? progress, CancellationToken ct)
    {
        if (MessageAmendments.TargetOf(message.Content) is not null)
        {
            return !await IsHiddenAsync(transaction, message, ct) && await MessageAmendments.TargetAsync(transaction, message, ct) is { } target && !HasEnded(target)
                && MessageView.Counts(target, message) && (message.Content is DeleteContent || !target.IsDeleted)
                ? Show(message, progress)
                : null;
        }

        if (HasEnded(message) || ControlContent.Is(message.Content) || await IsHiddenAsync(transaction, message, ct))
            return null;
        var shown = Show(message, progress);
        if (message.Missing is { } count)
            return await TimerStore.HadOneAsync(transaction, message.ConversationId, ct) ? shown with { Content = new DisappearedContent(count) } : shown;
        var amendments = await MessageAmendments.ListAsync(transaction, message, ct);
        for (var i = amendments.Count - 1; i >= 0; i--)
        {
            if (await IsHiddenAsync(transaction, amendments[i], ct))
                amendments.RemoveAt(i);
        }

        var (content, editedAt, reactions) = MessageView.Of(message, amendments);
        return shown with { Content = content, EditedAt = editedAt, Reactions = reactions };
    }

    /// <summary>From somebody whom this user has blocked. It is there again once they are unblocked.</summary>
    private async ValueTask<bool> IsHiddenAsync(IChatTransaction transaction, StoredMessage message, CancellationToken ct) =>
        message.SystemEvent is null && message.SenderId != me && await BlockStore.ContainsAsync(transaction, message.SenderId, ct);

    private bool HasEnded(StoredMessage message) => message.ExpiresAt <= (time ?? TimeProvider.System).GetUtcNow().UtcDateTime;

    private async Task<List<(long Arrival, ChatMessage? Message)>> AfterAsync(long after, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        List<(long, ChatMessage?)> messages = [];
        foreach (var (arrival, message) in await ArrivalLog.AfterAsync(transaction, after, Batch, ct))
            messages.Add((arrival, message is null || arrival < message.LateArrival ? null : await ViewAsync(transaction, message, null, ct)));
        return messages;
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
