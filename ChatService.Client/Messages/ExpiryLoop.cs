using ChatService.Client.Storage;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.Messages;

/// <summary>Forgets disappearing messages when their time is over. What it has not come to yet is not shown either.</summary>
internal sealed class ExpiryLoop(IChatStore store, ArrivalLog arrivals, ChatEvents events, TimeProvider time, ILogger logger)
{
    private const int Batch = 64;

    // A timer has an end, and a clock may be set.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task RunAsync(CancellationToken ct)
    {
        events.OwnMessageChanged += OnOwnMessage;
        try
        {
            while (true)
                await RunOnceAsync(ct);
        }
        finally
        {
            events.OwnMessageChanged -= OnOwnMessage;
        }
    }

    private async Task RunOnceAsync(CancellationToken ct)
    {
        var (sent, arrived) = (Volatile.Read(ref _sent).Task, arrivals.Next);
        var wait = AfterFailure;
        try
        {
            await ForgetAsync(ct);
            await using var transaction = await store.BeginAsync(ct);
            wait = await MessageExpiry.NextAsync(transaction, ct) is { } next ? next - time.GetUtcNow().UtcDateTime : LongestWait;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Log.BackgroundFailed(logger, "Forgetting disappearing messages", e);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        // A millisecond more, because a timer that rings early would have it look again and again.
        var due = Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(wait.TotalMilliseconds + 1, 1, LongestWait.TotalMilliseconds)), time, stop.Token);
        await Task.WhenAny(due, sent, arrived);
        await stop.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>Forgets what has ended until now.</summary>
    public async Task ForgetAsync(CancellationToken ct)
    {
        int due;
        do
        {
            List<MessageChange> gone = [];
            await using (var transaction = await store.BeginAsync(ct))
            {
                var ended = await MessageExpiry.TakeDueAsync(transaction, time.GetUtcNow().UtcDateTime, Batch, ct);
                due = ended.Count;
                foreach (var (conversationId, sequence) in ended)
                {
                    if (await MessageStore.FindAsync(transaction, conversationId, sequence, ct) is { } message && await ForgetAsync(transaction, message, ct))
                        gone.Add(new(MessageChangeKind.Disappeared, conversationId, message.Id, null, null, null));
                }

                if (due > 0)
                    await transaction.CommitAsync(ct);
            }

            foreach (var change in gone)
                events.RaiseMessageChanged(change);
        }
        while (due > 0);
    }

    /// <summary>False for an edit, deletion or reaction: it goes with the message that it is about, or alone when there is none, and nobody saw it.</summary>
    private static async ValueTask<bool> ForgetAsync(IChatTransaction transaction, StoredMessage message, CancellationToken ct)
    {
        var isAmendment = MessageAmendments.TargetOf(message.Content) is not null;
        if (isAmendment && await MessageAmendments.TargetAsync(transaction, message, ct) is not null)
            return false;
        await MessageStore.RemoveAsync(transaction, message, ct);
        return !isAmendment;
    }

    private void OnOwnMessage(ChatMessage message) =>
        Interlocked.Exchange(ref _sent, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
