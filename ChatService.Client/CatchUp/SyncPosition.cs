using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Client.Storage;

namespace ChatService.Client.CatchUp;

/// <summary>Own messages are in their place as soon as they are acknowledged, so a position may move over them without their being received.</summary>
internal static class SyncPosition
{
    /// <summary>Moves a conversation's position over what is there already, and gives it; null for a conversation that is not known.</summary>
    public static async ValueTask<long?> AdvanceOverOwnAsync(IChatTransaction transaction, Guid conversationId, CancellationToken ct)
    {
        if (await ConversationStore.PositionAsync(transaction, conversationId, ct) is not { } start)
            return null;
        var position = await AdvanceOverOwnAsync(transaction, conversationId, start, ct);
        if (position != start)
            await ConversationStore.SetPositionAsync(transaction, conversationId, position, ct);
        return position;
    }

    public static async ValueTask<long> AdvanceOverOwnAsync(IChatTransaction transaction, Guid conversationId, long position, CancellationToken ct)
    {
        while (await MessageStore.ExistsAsync(transaction, conversationId, position + 1, ct))
            position++;
        return position;
    }
}
