using System.Buffers.Binary;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Receipts;

/// <summary>The other members' markers, a row each, since they move far more often than anything else of a conversation.</summary>
internal static class MarkerStore
{
    /// <summary>Moves a member's markers forward; false when they were there already.</summary>
    public static async ValueTask<bool> MoveAsync(
        IChatTransaction transaction, Guid conversationId, Guid userId, long delivered, long read, CancellationToken ct)
    {
        var key = StoreValues.Key(conversationId, userId);
        var (oldDelivered, oldRead) = Read(await transaction.GetAsync(ClientTables.Markers, key, ct));
        // What was read was delivered.
        var (newDelivered, newRead) = (Math.Max(oldDelivered, Math.Max(delivered, read)), Math.Max(oldRead, read));
        if (newDelivered == oldDelivered && newRead == oldRead)
            return false;

        var value = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(value, newDelivered);
        BinaryPrimitives.WriteInt64BigEndian(value.AsSpan(8), newRead);
        await transaction.PutAsync(ClientTables.Markers, key, value, ct);
        return true;
    }

    public static async ValueTask<ReceiptProgress> ProgressAsync(
        IChatTransaction transaction, ConversationDetails conversation, Guid me, CancellationToken ct)
    {
        long? delivered = null, read = null;
        foreach (var member in conversation.Participants.Where(member => member.UserId != me && !member.IsAssistant))
        {
            var marker = Read(await transaction.GetAsync(ClientTables.Markers, StoreValues.Key(conversation.Id, member.UserId), ct));
            delivered = Math.Min(delivered ?? long.MaxValue, marker.Delivered);
            read = Math.Min(read ?? long.MaxValue, marker.Read);
        }

        return new(conversation.Id, delivered ?? 0, read ?? 0);
    }

    /// <summary>How many of the members (without one, and the assistant) have come as far as a sequence.</summary>
    public static async ValueTask<ReceiptCounts> CountAsync(
        IChatTransaction transaction, ConversationDetails conversation, Guid sender, long sequence, CancellationToken ct)
    {
        var (delivered, read, members) = (0, 0, 0);
        foreach (var member in conversation.Participants.Where(member => member.UserId != sender && !member.IsAssistant))
        {
            var marker = Read(await transaction.GetAsync(ClientTables.Markers, StoreValues.Key(conversation.Id, member.UserId), ct));
            members++;
            delivered += marker.Delivered >= sequence ? 1 : 0;
            read += marker.Read >= sequence ? 1 : 0;
        }

        return new(delivered, read, members);
    }

    /// <summary>How far one member has read.</summary>
    public static async ValueTask<long> ReadThroughAsync(IChatTransaction transaction, Guid conversationId, Guid userId, CancellationToken ct) =>
        Read(await transaction.GetAsync(ClientTables.Markers, StoreValues.Key(conversationId, userId), ct)).Read;

    private static (long Delivered, long Read) Read(byte[]? value) => value is { Length: 16 }
        ? (BinaryPrimitives.ReadInt64BigEndian(value), BinaryPrimitives.ReadInt64BigEndian(value.AsSpan(8)))
        : (0, 0);
}
