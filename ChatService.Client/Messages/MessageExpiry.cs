using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Messages;

/// <summary>
/// When disappearing messages end, in the order in which they do. The time counts from the commit, for everyone alike, and is the
/// one that the sender sealed: a server can neither prolong nor shorten it on the devices that have the message.
/// </summary>
internal static class MessageExpiry
{
    /// <summary>Null: never.</summary>
    /// <param name="createdAt">As the server says; not later than now, whatever it says.</param>
    public static DateTime? Of(MessageContent content, DateTime createdAt, DateTime now) =>
        content.ExpiresAfter is { } seconds and > 0
            ? (createdAt < now ? createdAt : now).AddSeconds(Math.Min(seconds, Limits.MessageTimerSeconds))
            : null;

    public static ValueTask NoteAsync(IChatTransaction transaction, StoredMessage message, CancellationToken ct) =>
        message.ExpiresAt is { } at ? transaction.PutAsync(ClientTables.Expiries, Key(at, message), new byte[] { 1 }, ct) : ValueTask.CompletedTask;

    /// <summary>The next one's time; null when there is none.</summary>
    public static async ValueTask<DateTime?> NextAsync(IChatTransaction transaction, CancellationToken ct)
    {
        await foreach (var (key, _) in transaction.ListAsync(ClientTables.Expiries, "", null, limit: 1, ct: ct))
            return new(long.Parse(key.AsSpan(0, 16), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
        return null;
    }

    /// <summary>Takes the notes of what has ended, and gives the conversation and sequence of each.</summary>
    public static async ValueTask<List<(Guid ConversationId, long Sequence)>> TakeDueAsync(IChatTransaction transaction, DateTime now, int limit, CancellationToken ct)
    {
        List<string> keys = [];
        await foreach (var (key, _) in transaction.ListAsync(ClientTables.Expiries, "", StoreValues.Key(now.Ticks + 1), limit: limit, ct: ct))
            keys.Add(key);
        foreach (var key in keys)
            await transaction.DeleteAsync(ClientTables.Expiries, key, ct);
        return [.. keys.Select(key => (Guid.ParseExact(key.AsSpan(17, 32), "N"), StoreValues.NumberOf(key)))];
    }

    private static string Key(DateTime at, StoredMessage message) =>
        $"{StoreValues.Key(at.Ticks)}/{StoreValues.Key(message.ConversationId, message.Sequence)}";
}
