using System.Text.Json;
using ChatService.Client.Receipts;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Conversations;

/// <summary>Conversations in the store, each with the position up to which its messages are held without a gap.</summary>
internal static class ConversationStore
{
    public static ValueTask<ConversationDetails?> FindAsync(IChatTransaction transaction, Guid id, CancellationToken ct) =>
        transaction.GetJsonAsync(ClientTables.Conversations, StoreValues.Key(id), ClientJson.Default.ConversationDetails, ct);

    public static async ValueTask<List<ConversationDetails>> ListAsync(IChatTransaction transaction, CancellationToken ct)
    {
        List<ConversationDetails> conversations = [];
        await foreach (var (_, value) in transaction.ListAsync(ClientTables.Conversations, "", null, ct: ct))
            conversations.Add(JsonSerializer.Deserialize(value, ClientJson.Default.ConversationDetails)!);
        return conversations;
    }

    /// <summary>Saves what the server told, unless something newer is known. Markers and position only ever move forward.</summary>
    public static async ValueTask SaveAsync(IChatTransaction transaction, ConversationDetails details, CancellationToken ct)
    {
        var before = await FindAsync(transaction, details.Id, ct);
        if (before?.MembershipVersion > details.MembershipVersion)
            return;
        await FormerMembers.SaveAsync(transaction, before, details, ct);
        await transaction.PutJsonAsync(ClientTables.Conversations, StoreValues.Key(details.Id), details, ClientJson.Default.ConversationDetails, ct);
        await TimerStore.SaveAsync(transaction, details.Id, details.TimerSeconds, ct);
        foreach (var member in details.Participants)
            await MarkerStore.MoveAsync(transaction, details.Id, member.UserId, member.DeliveredSequence, member.ReadSequence, ct);

        // Nothing before VisibleAfter will ever come: whoever joined (again) starts there.
        if (await PositionAsync(transaction, details.Id, ct) is not { } position || position < details.VisibleAfter)
            await SetPositionAsync(transaction, details.Id, details.VisibleAfter, ct);
    }

    /// <summary>False: it was never told of, or is forgotten.</summary>
    public static async ValueTask<bool> IsKnownAsync(IChatTransaction transaction, Guid id, CancellationToken ct) =>
        await PositionAsync(transaction, id, ct) is not null;

    public static ValueTask<long?> PositionAsync(IChatTransaction transaction, Guid id, CancellationToken ct) =>
        transaction.GetNumberAsync(ClientTables.Positions, StoreValues.Key(id), ct);

    public static ValueTask SetPositionAsync(IChatTransaction transaction, Guid id, long sequence, CancellationToken ct) =>
        transaction.PutNumberAsync(ClientTables.Positions, StoreValues.Key(id), sequence, ct);

    public static async ValueTask<List<ConversationPosition>> PositionsAsync(IChatTransaction transaction, CancellationToken ct)
    {
        List<ConversationPosition> positions = [];
        await foreach (var (key, value) in transaction.ListAsync(ClientTables.Positions, "", null, limit: Limits.CatchUpPositions, ct: ct))
            positions.Add(new(Guid.ParseExact(key, "N"), System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(value)));
        return positions;
    }
}
