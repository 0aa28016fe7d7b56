using ChatService.Client.Storage;

namespace ChatService.Client.Messages;

/// <summary>
/// Which messages came to this device, in the order in which they came. Written with the message itself, so whoever reads the
/// log from a saved place on sees each once, also after a crash.
/// </summary>
internal sealed class ArrivalLog
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the next arrival. Take it before reading, so that none slips through.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public static async ValueTask AppendAsync(IChatTransaction transaction, Guid conversationId, long sequence, CancellationToken ct)
    {
        var arrival = await transaction.NextAsync(ClientTables.Arrivals, ct);
        await transaction.PutAsync(
            ClientTables.Arrivals, StoreValues.Key(arrival), System.Text.Encoding.ASCII.GetBytes(StoreValues.Key(conversationId, sequence)), ct);
    }

    public static async ValueTask<long> LastAsync(IChatTransaction transaction, CancellationToken ct) =>
        await transaction.GetNumberAsync(ClientTables.Counters, ClientTables.Arrivals, ct) ?? 0;

    /// <summary>What came after an arrival, oldest first; null for what is not on the device any more.</summary>
    public static async ValueTask<List<(long Arrival, StoredMessage? Message)>> AfterAsync(
        IChatTransaction transaction, long after, int limit, CancellationToken ct)
    {
        List<(long, string)> arrivals = [];
        await foreach (var (key, value) in transaction.ListAsync(ClientTables.Arrivals, StoreValues.Key(after + 1), null, limit: limit, ct: ct))
            arrivals.Add((StoreValues.NumberOf(key), System.Text.Encoding.ASCII.GetString(value)));

        List<(long, StoredMessage?)> messages = new(arrivals.Count);
        foreach (var (arrival, key) in arrivals)
            messages.Add((arrival, await transaction.GetJsonAsync(ClientTables.Messages, key, ClientJson.Default.StoredMessage, ct)));

        return messages;
    }

    /// <summary>After the transaction is committed.</summary>
    public void Announce() =>
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
