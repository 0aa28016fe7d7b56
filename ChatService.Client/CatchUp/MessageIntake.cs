using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Client.Outbox;
using ChatService.Client.Receipts;
using ChatService.Client.Reseal;
using ChatService.Client.Typing;
using ChatService.Contracts;

namespace ChatService.Client.CatchUp;

/// <summary>Lets messages in, live ones and those of CatchUp alike, and tells everyone whom it concerns. Used by one loop only.</summary>
internal sealed class MessageIntake(
    MessageProcessor processor,
    ConversationDirectory conversations,
    DeliveryLists lists,
    MessageOutbox outbox,
    ReceiptQueue receipts,
    ArrivalLog arrivals,
    MessageChanges changes,
    TypingExpiry typing,
    ResealRequests requests,
    ResealAnswers answers,
    ChatEvents events)
{
    private readonly GapBuffer _early = new();

    /// <summary>Something is known to be missing.</summary>
    public bool HasGaps => _early.HasGaps;

    public async Task LiveAsync(SealedMessage message, CancellationToken ct)
    {
        _early.Add(message);
        await SettleAsync(message.ConversationId, ct);
    }

    public async Task NotedAsync(Guid conversationId, long sequence, CancellationToken ct)
    {
        _early.Note(conversationId, sequence);
        await SettleAsync(conversationId, ct);
    }

    /// <summary>Messages of CatchUp: all there is after the position that was named.</summary>
    /// <param name="through">How far the answer reaches: what disappeared at its end leaves no message to say so.</param>
    public async Task CaughtAsync(Guid conversationId, IReadOnlyList<SealedMessage> messages, long? through, CancellationToken ct)
    {
        Applied? applied = null;
        foreach (var batch in messages.Chunk(MessageProcessor.Batch))
        {
            // A jump may be a conversation that this user has left and joined again: then its start has moved.
            applied = await ApplyAsync(conversationId, batch, isComplete: false, ct);
            if (applied.Position is null || applied.Position < batch[^1].Sequence)
            {
                if (!await conversations.RefreshAsync(conversationId, ct))
                    return;
                applied = await ApplyAsync(conversationId, batch, isComplete: true, ct);
            }
        }

        if (through is null)
            return;
        applied ??= await ApplyAsync(conversationId, [], isComplete: false, ct);
        if (applied.Position < through && await conversations.RefreshAsync(conversationId, ct))
        {
            await ApplyAsync(conversationId, [], isComplete: true, ct, through);
        }
    }

    /// <summary>After CatchUp nothing before its positions is missing any more.</summary>
    public async Task SettleAllAsync(CancellationToken ct)
    {
        foreach (var conversationId in _early.Conversations)
            await SettleAsync(conversationId, ct);
    }

    public void Forget(Guid conversationId) => _early.Forget(conversationId);

    private async Task SettleAsync(Guid conversationId, CancellationToken ct)
    {
        var position = (await ApplyAsync(conversationId, [], isComplete: false, ct)).Position;
        while (position is { } known && _early.TakeAfter(conversationId, known) is { Count: > 0 } ready)
        {
            foreach (var batch in ready.Chunk(MessageProcessor.Batch))
                position = (await ApplyAsync(conversationId, batch, isComplete: false, ct)).Position;
        }
    }

    private async Task<Applied> ApplyAsync(Guid conversationId, IReadOnlyList<SealedMessage> batch, bool isComplete, CancellationToken ct, long? through = null)
    {
        if (batch.LastOrDefault(message => message.SystemEvent is not null) is { } news)
            await conversations.RefreshForAsync(conversationId, news.Sequence, ct);
        var applied = await processor.ApplyAsync(conversationId, batch, isComplete, ct, through);
        if (applied.Arrivals > 0)
            arrivals.Announce();
        if (applied.HasReceipts)
            receipts.Wake();
        foreach (var message in applied.Acknowledged)
        {
            outbox.OnAcknowledged(message);
            await changes.AnnounceAsync(message, ct);
        }

        foreach (var amendment in applied.Amendments)
            await changes.AnnounceAsync(amendment, ct);
        if (applied.HasAsks)
            requests.Wake();
        foreach (var control in applied.Control)
            answers.Enqueue(control);
        foreach (var sender in applied.Senders)
            typing.Stopped(conversationId, sender);
        foreach (var change in applied.DeviceChanges)
            events.RaiseDeviceChanged(conversationId, change);
        if (applied.ConversationChanged)
        {
            lists.Drop(conversationId);
            events.RaiseConversationChanged(conversationId);
        }

        return applied;
    }
}
