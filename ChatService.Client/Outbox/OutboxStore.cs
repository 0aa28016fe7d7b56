using System.Text.Json;
using ChatService.Client.Messages;
using ChatService.Client.Storage;

namespace ChatService.Client.Outbox;

/// <summary>The outbox in the store: entries by conversation and order, their ids, and their envelopes once sealed.</summary>
internal static class OutboxStore
{
    public static async ValueTask SaveAsync(IChatTransaction transaction, OutboxEntry entry, CancellationToken ct)
    {
        await transaction.PutJsonAsync(
            ClientTables.Outbox, StoreValues.Key(entry.ConversationId, entry.Order), entry, ClientJson.Default.OutboxEntry, ct);
        await transaction.PutNumberAsync(ClientTables.OutboxIds, StoreValues.Key(entry.ConversationId, entry.Id), entry.Order, ct);
    }

    public static async ValueTask<OutboxEntry?> FindAsync(IChatTransaction transaction, Guid conversationId, Guid messageId, CancellationToken ct) =>
        await transaction.GetNumberAsync(ClientTables.OutboxIds, StoreValues.Key(conversationId, messageId), ct) is { } order
            ? await transaction.GetJsonAsync(ClientTables.Outbox, StoreValues.Key(conversationId, order), ClientJson.Default.OutboxEntry, ct)
            : null;

    public static async ValueTask<List<OutboxEntry>> ListAsync(IChatTransaction transaction, Guid conversationId, CancellationToken ct)
    {
        List<OutboxEntry> entries = [];
        foreach (var (_, value) in await transaction.ListPrefixAsync(ClientTables.Outbox, $"{conversationId:N}/", ct))
            entries.Add(JsonSerializer.Deserialize(value, ClientJson.Default.OutboxEntry)!);
        return entries;
    }

    /// <summary>The oldest entry of a conversation that has not failed.</summary>
    public static async ValueTask<OutboxEntry?> NextAsync(IChatTransaction transaction, Guid conversationId, CancellationToken ct)
    {
        var entries = transaction.ListAsync(
            ClientTables.Outbox, StoreValues.Key(conversationId, 0), StoreValues.Key(conversationId, long.MaxValue), ct: ct);
        await foreach (var (_, value) in entries)
        {
            var entry = JsonSerializer.Deserialize(value, ClientJson.Default.OutboxEntry)!;
            if (entry.Error is null)
                return entry;
        }

        return null;
    }

    public static async ValueTask<HashSet<Guid>> ConversationsAsync(IChatTransaction transaction, CancellationToken ct)
    {
        HashSet<Guid> conversations = [];
        await foreach (var (key, _) in transaction.ListAsync(ClientTables.OutboxIds, "", null, ct: ct))
            conversations.Add(Guid.ParseExact(key.AsSpan(0, 32), "N"));
        return conversations;
    }

    public static ValueTask<SealedPayload?> FindSealedAsync(IChatTransaction transaction, Guid messageId, CancellationToken ct) =>
        transaction.GetJsonAsync(ClientTables.OutboxSealed, StoreValues.Key(messageId), ClientJson.Default.SealedPayload, ct);

    public static ValueTask SaveSealedAsync(IChatTransaction transaction, Guid messageId, SealedPayload payload, CancellationToken ct) =>
        transaction.PutJsonAsync(ClientTables.OutboxSealed, StoreValues.Key(messageId), payload, ClientJson.Default.SealedPayload, ct);

    public static ValueTask DeleteSealedAsync(IChatTransaction transaction, Guid messageId, CancellationToken ct) =>
        transaction.DeleteAsync(ClientTables.OutboxSealed, StoreValues.Key(messageId), ct);

    public static async ValueTask DeleteAsync(IChatTransaction transaction, OutboxEntry entry, CancellationToken ct)
    {
        await transaction.DeleteAsync(ClientTables.Outbox, StoreValues.Key(entry.ConversationId, entry.Order), ct);
        await transaction.DeleteAsync(ClientTables.OutboxIds, StoreValues.Key(entry.ConversationId, entry.Id), ct);
        await DeleteSealedAsync(transaction, entry.Id, ct);
    }

    /// <summary>The server has it: out of the outbox, into its place in the conversation. Null when it was not in the outbox (any more).</summary>
    /// <exception cref="ChatException"><see cref="ClientErrorCodes.InvalidReceipt"/>: another message has the place.</exception>
    public static async ValueTask<StoredMessage?> AcknowledgeAsync(
        IChatTransaction transaction, Guid conversationId, Guid messageId, long sequence, DateTime createdAt, Guid me, Guid ownDevice, CancellationToken ct, TimeProvider? time = null)
    {
        if (await FindAsync(transaction, conversationId, messageId, ct) is not { } entry)
            return null;
        var message = new StoredMessage(messageId, conversationId, me, ownDevice, sequence, createdAt) { Json = entry.Json };
        message = message with { ExpiresAt = MessageExpiry.Of(message.Content, createdAt, (time ?? TimeProvider.System).GetUtcNow().UtcDateTime) };
        if (!await MessageStore.SaveAsync(transaction, message, ct))
            throw new ChatException(ClientErrorCodes.InvalidReceipt, "The server acknowledged the message at a place that another message has. It counts as not sent: try again.");
        await DeleteAsync(transaction, entry, ct);
        return message;
    }
}
