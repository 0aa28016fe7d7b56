using System.Text.Json;
using ChatService.Client.Reseal;
using ChatService.Client.Storage;

namespace ChatService.Client.Messages;

/// <summary>Opened messages in the store, ordered by conversation and sequence.</summary>
internal static class MessageStore
{
    /// <summary>False, and nothing is changed: another message has the place, or the message has another place already.</summary>
    public static async ValueTask<bool> SaveAsync(IChatTransaction transaction, StoredMessage message, CancellationToken ct)
    {
        var known = await SequenceOfAsync(transaction, message.ConversationId, message.Id, ct);
        if (known is null ? await ExistsAsync(transaction, message.ConversationId, message.Sequence, ct) : known != message.Sequence)
            return false;
        await ReplaceAsync(transaction, message, ct);
        await transaction.PutNumberAsync(
            ClientTables.MessageSequences, StoreValues.Key(message.ConversationId, message.Id), message.Sequence, ct);
        await MessageExpiry.NoteAsync(transaction, message, ct);
        await MessageAmendments.NoteAsync(transaction, message, ct);
        return true;
    }

    /// <summary>The same message with another content.</summary>
    public static ValueTask ReplaceAsync(IChatTransaction transaction, StoredMessage message, CancellationToken ct) =>
        transaction.PutJsonAsync(
            ClientTables.Messages, StoreValues.Key(message.ConversationId, message.Sequence), message, ClientJson.Default.StoredMessage, ct);

    /// <summary>Forgets what a message said, and what was said about it. That there was one with its id is remembered: it does not come again.</summary>
    public static async ValueTask RemoveAsync(IChatTransaction transaction, StoredMessage message, CancellationToken ct)
    {
        await transaction.DeleteAsync(ClientTables.Messages, StoreValues.Key(message.ConversationId, message.Sequence), ct);
        await SentEnvelopes.DeleteAsync(transaction, message.ConversationId, message.Id, ct);
        await MessageAmendments.RemoveAsync(transaction, message, ct);
    }

    public static ValueTask<StoredMessage?> FindAsync(IChatTransaction transaction, Guid conversationId, long sequence, CancellationToken ct) =>
        transaction.GetJsonAsync(ClientTables.Messages, StoreValues.Key(conversationId, sequence), ClientJson.Default.StoredMessage, ct);

    /// <summary>Null also when its place is known but the message is not on the device any more.</summary>
    public static async ValueTask<StoredMessage?> FindAsync(IChatTransaction transaction, Guid conversationId, Guid messageId, CancellationToken ct) =>
        await SequenceOfAsync(transaction, conversationId, messageId, ct) is { } sequence ? await FindAsync(transaction, conversationId, sequence, ct) : null;

    public static async ValueTask<bool> ExistsAsync(IChatTransaction transaction, Guid conversationId, long sequence, CancellationToken ct) =>
        await transaction.GetAsync(ClientTables.Messages, StoreValues.Key(conversationId, sequence), ct) is not null;

    public static ValueTask<long?> SequenceOfAsync(IChatTransaction transaction, Guid conversationId, Guid messageId, CancellationToken ct) =>
        transaction.GetNumberAsync(ClientTables.MessageSequences, StoreValues.Key(conversationId, messageId), ct);

    /// <summary>The newest before a sequence, ascending.</summary>
    public static async ValueTask<List<StoredMessage>> BeforeAsync(
        IChatTransaction transaction, Guid conversationId, long before, int limit, CancellationToken ct)
    {
        List<StoredMessage> messages = [];
        var entries = transaction.ListAsync(
            ClientTables.Messages, StoreValues.Key(conversationId, 0), StoreValues.Key(conversationId, before), descending: true, limit, ct);
        await foreach (var (_, value) in entries)
            messages.Add(JsonSerializer.Deserialize(value, ClientJson.Default.StoredMessage)!);
        messages.Reverse();
        return messages;
    }
}
