using ChatService.Benchmarks.Soak.People;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Client.Reseal;

namespace ChatService.Benchmarks.Soak.Checking;

/// <summary>What a client's store holds.</summary>
internal static class HeldMessages
{
    /// <summary>Of one conversation, ascending, with what devices say to each other.</summary>
    public static async Task<List<StoredMessage>> OfAsync(SoakClient client, Guid conversationId, CancellationToken ct)
    {
        await using var transaction = await client.Store.BeginAsync(ct);
        return await MessageStore.BeforeAsync(transaction, conversationId, long.MaxValue, int.MaxValue, ct);
    }

    /// <summary>Whether it holds everything up to there, and waits for no message to be sealed again.</summary>
    public static async Task<bool> ReachAsync(SoakClient client, IReadOnlyDictionary<Guid, long> last, CancellationToken ct)
    {
        await using var transaction = await client.Store.BeginAsync(ct);
        foreach (var room in client.Rooms)
        {
            if (await ConversationStore.PositionAsync(transaction, room.Id, ct) < last[room.Id])
            {
                return false;
            }
        }

        return (await ResealAsks.ListAsync(transaction, ct)).Count == 0;
    }
}
