using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Client.Outbox;
using ChatService.Client.Receipts;
using ChatService.Client.Reseal;
using ChatService.Client.Storage;
using ChatService.Contracts;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.CatchUp;

/// <summary>
/// Takes a conversation's messages strictly in the order of their sequences. Position, ratchets and opened messages are one
/// transaction: after a crash at any point the same messages come again, and none of them twice.
/// </summary>
internal sealed class MessageProcessor(IChatStore store, MessageOpening opening, Guid me, Guid ownDevice, ILogger logger, ResealOpening? reseal = null)
{
    /// <summary>Messages per transaction: enough to share a disk write, few enough not to keep senders waiting.</summary>
    public const int Batch = 32;

    /// <param name="messages">Ascending; at most <see cref="Batch"/>. What is at or below the position, or another conversation's, is skipped.</param>
    /// <param name="isComplete">From CatchUp: what is missing here will not come. Otherwise it stops before the first gap.</param>
    /// <param name="through">With <paramref name="isComplete"/>: up to here nothing more will come after the messages either.</param>
    public async Task<Applied> ApplyAsync(Guid conversationId, IReadOnlyList<SealedMessage> messages, bool isComplete, CancellationToken ct, long? through = null)
    {
        var applied = new Applied();
        await using var transaction = await store.BeginAsync(ct);
        if (await ConversationStore.PositionAsync(transaction, conversationId, ct) is not { } start)
            return applied;

        var position = await SyncPosition.AdvanceOverOwnAsync(transaction, conversationId, start, ct);
        foreach (var message in messages)
        {
            if (message.ConversationId != conversationId)
            {
                Log.MessageIgnored(logger, message.Id, conversationId, message.Sequence);
                continue;
            }

            if (message.Sequence <= position)
                continue;
            if (message.Sequence > position + 1)
            {
                if (!isComplete)
                    break;
                await SaveMissingAsync(transaction, conversationId, position + 1, message.Sequence - position - 1, applied, ct);
            }

            await ApplyAsync(transaction, message, applied, ct);
            position = await SyncPosition.AdvanceOverOwnAsync(transaction, conversationId, message.Sequence, ct);
        }

        if (isComplete && through > position)
        {
            await SaveMissingAsync(transaction, conversationId, position + 1, through.Value - position, applied, ct);
            position = await SyncPosition.AdvanceOverOwnAsync(transaction, conversationId, through.Value, ct);
        }

        applied.Position = position;
        if (position != start)
        {
            if (applied.Delivered is { } delivered)
                await ReceiptStore.NoteDeliveredAsync(transaction, conversationId, delivered.Id, delivered.Sequence, ct);
            await ConversationStore.SetPositionAsync(transaction, conversationId, position, ct);
            await transaction.CommitAsync(ct);
        }

        return applied;
    }

    private async ValueTask ApplyAsync(IChatTransaction transaction, SealedMessage message, Applied applied, CancellationToken ct)
    {
        // What is stored stays as it is, and the same id again at another place would be a replay.
        if (await MessageStore.ExistsAsync(transaction, message.ConversationId, message.Sequence, ct)
            || await MessageStore.SequenceOfAsync(transaction, message.ConversationId, message.Id, ct) is not null)
        {
            Log.MessageIgnored(logger, message.Id, message.ConversationId, message.Sequence);
            return;
        }

        if (message.SystemEvent is not null)
        {
            applied.ConversationChanged = true;
            await TimerStore.ApplyAsync(transaction, message.ConversationId, message.SystemEvent, ct);
            await SaveArrivalAsync(
                transaction,
                new(message.Id, message.ConversationId, message.SenderId, null, message.Sequence, message.CreatedAt) { SystemEvent = message.SystemEvent },
                applied,
                ct);
            return;
        }

        if (message.SenderDeviceId == ownDevice)
        {
            var own = await OutboxStore.AcknowledgeAsync(
                transaction, message.ConversationId, message.Id, message.Sequence, message.CreatedAt, me, ownDevice, ct);
            if (own is not null)
                applied.Acknowledged.Add(own);
            return;
        }

        if (await opening.OpenAsync(transaction, message, applied, ct) is not { } opened)
            return;
        if (ControlContent.Is(opened.Content))
        {
            await ApplyControlAsync(transaction, opened, applied, ct);
            return;
        }

        await SaveArrivalAsync(transaction, opened, applied, ct);
        applied.Senders.Add(message.SenderId);
        if (opened.Undecryptable is { } reason && reseal is not null)
            await reseal.NoteAsync(transaction, message, reason, applied, ct);
        if (MessageAmendments.TargetOf(opened.Content) is not null)
            applied.Amendments.Add(opened);
        NoteDelivered(opened, applied);
    }

    private void NoteDelivered(StoredMessage message, Applied applied)
    {
        if (message.SenderId != me && !(message.Sequence < applied.Delivered?.Sequence)
            && message.Content is not (UndecryptableContent or UnsupportedContent or ReactionContent or EditContent or DeleteContent))
            applied.Delivered = message;
    }

    /// <summary>Takes its place, and nobody is shown it.</summary>
    private async ValueTask ApplyControlAsync(IChatTransaction transaction, StoredMessage message, Applied applied, CancellationToken ct)
    {
        if (!await MessageStore.SaveAsync(transaction, message, ct))
            return;
        applied.Control.Add(message);
        if (message.Content is ResealContent answer && reseal is not null)
        {
            await reseal.ApplyAsync(transaction, message, answer, applied, ct);
            foreach (var late in applied.Late)
                NoteDelivered(late, applied);
        }
    }

    private static async ValueTask SaveArrivalAsync(IChatTransaction transaction, StoredMessage message, Applied applied, CancellationToken ct)
    {
        if (!await MessageStore.SaveAsync(transaction, message, ct))
            return;
        await ArrivalLog.AppendAsync(transaction, message.ConversationId, message.Sequence, ct);
        applied.Arrivals++;
    }

    private async ValueTask SaveMissingAsync(
        IChatTransaction transaction, Guid conversationId, long sequence, long count, Applied applied, CancellationToken ct)
    {
        Log.MessagesMissing(logger, count, conversationId, sequence);
        var placeholder = new StoredMessage(Guid.CreateVersion7(), conversationId, Guid.Empty, null, sequence, DateTime.UtcNow) { Missing = count };
        await SaveArrivalAsync(transaction, placeholder, applied, ct);
    }
}
