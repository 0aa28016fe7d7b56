using ChatService.Client.Conversations;
using ChatService.Client.Storage;

namespace ChatService.Client.Receipts;

/// <summary>What this device has yet to tell the server, so that a crash in between loses no receipt.</summary>
internal static class ReceiptStore
{
    public static async ValueTask NoteDeliveredAsync(IChatTransaction transaction, Guid conversationId, Guid messageId, long sequence, CancellationToken ct)
    {
        var marks = await FindAsync(transaction, conversationId, ct);
        if (sequence > marks.Delivered)
            await SaveAsync(transaction, conversationId, marks with { Delivered = sequence, DeliveredId = messageId }, ct);
    }

    public static async ValueTask<bool> NoteReadAsync(IChatTransaction transaction, Guid conversationId, Guid messageId, long sequence, CancellationToken ct)
    {
        var marks = await FindAsync(transaction, conversationId, ct);
        if (sequence <= marks.Read)
            return false;
        await SaveAsync(transaction, conversationId, marks with { Read = sequence, ReadId = messageId }, ct);
        return true;
    }

    /// <summary>Another device of this user has read so far, so nobody needs to be told by this one.</summary>
    public static async ValueTask NoteReadElsewhereAsync(IChatTransaction transaction, Guid conversationId, Guid messageId, long sequence, CancellationToken ct)
    {
        var marks = await FindAsync(transaction, conversationId, ct);
        if (sequence > marks.Read)
            marks = marks with { Read = sequence, ReadId = messageId };
        await SaveAsync(transaction, conversationId, marks with { ReadTold = Math.Max(marks.ReadTold, sequence) }, ct);
    }

    /// <summary>How far this device knows that its user has read.</summary>
    public static async ValueTask<long> ReadThroughAsync(IChatTransaction transaction, Guid conversationId, CancellationToken ct) =>
        (await FindAsync(transaction, conversationId, ct)).Read;

    public static async ValueTask<List<(Guid ConversationId, ReceiptMarks Marks)>> UntoldAsync(IChatTransaction transaction, CancellationToken ct)
    {
        List<(Guid, ReceiptMarks)> untold = [];
        await foreach (var (key, value) in transaction.ListAsync(ClientTables.Receipts, "", null, ct: ct))
        {
            if (System.Text.Json.JsonSerializer.Deserialize(value, ClientJson.Default.ReceiptMarks) is { IsTold: false } marks)
                untold.Add((Guid.ParseExact(key, "N"), marks));
        }

        return untold;
    }

    /// <summary>The server knows of these; newer ones may have been noted meanwhile.</summary>
    public static async ValueTask ToldAsync(IChatTransaction transaction, Guid conversationId, ReceiptMarks told, CancellationToken ct)
    {
        var marks = await FindAsync(transaction, conversationId, ct);
        await SaveAsync(transaction, conversationId, marks with { DeliveredTold = told.Delivered, ReadTold = told.Read }, ct);
    }

    private static async ValueTask<ReceiptMarks> FindAsync(IChatTransaction transaction, Guid conversationId, CancellationToken ct) =>
        await transaction.GetJsonAsync(ClientTables.Receipts, StoreValues.Key(conversationId), ClientJson.Default.ReceiptMarks, ct) ?? new();

    /// <summary>Of a conversation that was forgotten meanwhile nothing is to be left.</summary>
    private static async ValueTask SaveAsync(IChatTransaction transaction, Guid conversationId, ReceiptMarks marks, CancellationToken ct)
    {
        if (await ConversationStore.IsKnownAsync(transaction, conversationId, ct))
            await transaction.PutJsonAsync(ClientTables.Receipts, StoreValues.Key(conversationId), marks, ClientJson.Default.ReceiptMarks, ct);
    }
}
