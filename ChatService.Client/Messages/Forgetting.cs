using System.Buffers.Binary;
using ChatService.Client.Conversations;
using ChatService.Client.Outbox;
using ChatService.Client.Reseal;
using ChatService.Client.Storage;

namespace ChatService.Client.Messages;

/// <summary>
/// For a device that keeps no more than it needs. What is forgotten does not come again: a conversation's position is past it, and who
/// joins again sees nothing from before.
/// </summary>
internal static class Forgetting
{
    private const int Batch = 128;

    /// <summary>All of a conversation before a place, as far as its position; also that it was there.</summary>
    public static async Task BeforeAsync(IChatStore store, Guid conversationId, long before, CancellationToken ct)
    {
        bool isMore;
        do
        {
            await using var transaction = await store.BeginAsync(ct);
            var end = Math.Min(before, await ConversationStore.PositionAsync(transaction, conversationId, ct) + 1 ?? 0);
            isMore = await RemoveAsync(transaction, conversationId, end, ct);
            await transaction.CommitAsync(ct);
        }
        while (isMore);
    }

    /// <summary>All that there is of a conversation that this user is no member of; of one that they joined again, what is from before.</summary>
    public static async Task LeftAsync(IChatStore store, Guid conversationId, Guid me, CancellationToken ct)
    {
        bool isMore;
        do
        {
            await using var transaction = await store.BeginAsync(ct);
            var details = await ConversationStore.FindAsync(transaction, conversationId, ct);
            var isMember = details?.Participants.Any(member => member.UserId == me) == true;
            isMore = await RemoveAsync(transaction, conversationId, isMember ? details!.VisibleAfter + 1 : long.MaxValue, ct);
            if (!isMore && !isMember)
                await RemoveRestAsync(transaction, conversationId, ct);
            await transaction.CommitAsync(ct);
        }
        while (isMore);
    }

    /// <summary>The log of what came when, up to where a subscription has read it.</summary>
    public static async Task ArrivalsAsync(IChatStore store, string subscription, CancellationToken ct)
    {
        List<string> read = [];
        do
        {
            read.Clear();
            await using var transaction = await store.BeginAsync(ct);
            var place = await transaction.GetNumberAsync(ClientTables.Subscriptions, subscription, ct) ?? 0;
            await foreach (var (key, _) in transaction.ListAsync(ClientTables.Arrivals, "", StoreValues.Key(place + 1), limit: Batch, ct: ct))
                read.Add(key);
            foreach (var key in read)
                await transaction.DeleteAsync(ClientTables.Arrivals, key, ct);
            if (read.Count > 0)
                await transaction.CommitAsync(ct);
        }
        while (read.Count == Batch);
    }

    /// <returns>Whether there is more.</returns>
    private static async ValueTask<bool> RemoveAsync(IChatTransaction transaction, Guid conversationId, long before, CancellationToken ct)
    {
        var messages = await MessageStore.BeforeAsync(transaction, conversationId, before, Batch, ct);
        foreach (var message in messages)
            await MessageStore.RemoveAsync(transaction, message, ct);
        // Also those of what had disappeared by itself.
        foreach (var (key, value) in await transaction.ListPrefixAsync(ClientTables.MessageSequences, $"{StoreValues.Key(conversationId)}/", ct))
        {
            if (BinaryPrimitives.ReadInt64BigEndian(value) < before)
                await transaction.DeleteAsync(ClientTables.MessageSequences, key, ct);
        }

        return messages.Count == Batch;
    }

    private static async ValueTask RemoveRestAsync(IChatTransaction transaction, Guid conversationId, CancellationToken ct)
    {
        foreach (var entry in await OutboxStore.ListAsync(transaction, conversationId, ct))
            await OutboxStore.DeleteAsync(transaction, entry, ct);
        foreach (var ask in (await ResealAsks.ListAsync(transaction, ct)).Where(ask => ask.Message.ConversationId == conversationId))
            await ResealAsks.DeleteAsync(transaction, ask, ct);
        foreach (var table in (string[])[ClientTables.Markers, ClientTables.FormerMembers, ClientTables.SentEnvelopes, ClientTables.Amendments])
        {
            foreach (var (key, _) in await transaction.ListPrefixAsync(table, $"{StoreValues.Key(conversationId)}/", ct))
                await transaction.DeleteAsync(table, key, ct);
        }

        foreach (var table in (string[])[ClientTables.Conversations, ClientTables.Positions, ClientTables.Timers, ClientTables.Receipts])
            await transaction.DeleteAsync(table, StoreValues.Key(conversationId), ct);
    }
}
