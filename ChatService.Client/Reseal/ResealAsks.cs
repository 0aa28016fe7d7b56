using System.Text.Json;
using ChatService.Client.Encryption;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Reseal;

/// <summary>What this device waits for.</summary>
internal static class ResealAsks
{
    /// <summary>More than this many at once are not a lost session any more.</summary>
    private const int Most = 5_000;

    /// <summary>A lost session looks like one of these. Anything else would fail again, or was never meant to be opened.</summary>
    public static bool IsWorthIt(EncryptionError reason) =>
        reason is EncryptionError.NoSession or EncryptionError.UnknownPreKey or EncryptionError.ReplayedSession or EncryptionError.Duplicate
            or EncryptionError.Tampered or EncryptionError.TooManySkipped;

    public static async ValueTask<bool> NoteAsync(IChatTransaction transaction, SealedMessage message, DateTime now, CancellationToken ct)
    {
        var waiting = await transaction.GetNumberAsync(ClientTables.Counters, ClientTables.ResealAsks, ct) ?? 0;
        if (message.SenderDeviceId is null || waiting >= Most)
            return false;
        await transaction.PutNumberAsync(ClientTables.Counters, ClientTables.ResealAsks, waiting + 1, ct);
        await SaveAsync(transaction, new(message, 0, now), ct);
        return true;
    }

    public static ValueTask<ResealAsk?> FindAsync(IChatTransaction transaction, Guid conversationId, Guid messageId, CancellationToken ct) =>
        transaction.GetJsonAsync(ClientTables.ResealAsks, StoreValues.Key(conversationId, messageId), ClientJson.Default.ResealAsk, ct);

    public static ValueTask SaveAsync(IChatTransaction transaction, ResealAsk ask, CancellationToken ct) => transaction.PutJsonAsync(
        ClientTables.ResealAsks, StoreValues.Key(ask.Message.ConversationId, ask.Message.Id), ask, ClientJson.Default.ResealAsk, ct);

    public static async ValueTask DeleteAsync(IChatTransaction transaction, ResealAsk ask, CancellationToken ct)
    {
        await transaction.DeleteAsync(ClientTables.ResealAsks, StoreValues.Key(ask.Message.ConversationId, ask.Message.Id), ct);
        var waiting = await transaction.GetNumberAsync(ClientTables.Counters, ClientTables.ResealAsks, ct) ?? 0;
        await transaction.PutNumberAsync(ClientTables.Counters, ClientTables.ResealAsks, Math.Max(0, waiting - 1), ct);
    }

    public static async ValueTask<List<ResealAsk>> ListAsync(IChatTransaction transaction, CancellationToken ct)
    {
        List<ResealAsk> asks = [];
        await foreach (var (_, value) in transaction.ListAsync(ClientTables.ResealAsks, "", null, ct: ct))
            asks.Add(JsonSerializer.Deserialize(value, ClientJson.Default.ResealAsk)!);
        return asks;
    }
}
