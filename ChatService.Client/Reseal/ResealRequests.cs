using ChatService.Client.Connection;
using ChatService.Client.Outbox;
using ChatService.Client.Storage;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.Reseal;

/// <summary>
/// Asks for what this device could not open: the messages of one sending device in one conversation together, gathered for a
/// moment, each a few times at most and ever more rarely. What nobody answers stays what it is shown as.
/// </summary>
internal sealed class ResealRequests(
    IChatStore store, MessageOutbox outbox, ILinkSource links, TimeProvider time, ILogger logger, int requestsPerDay = ResealLimits.RequestsPerDay) : IDisposable
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _dirty = new(0);

    /// <summary>There may be something to ask for.</summary>
    public void Wake()
    {
        if (_dirty.CurrentCount == 0)
            _dirty.Release();
    }

    public async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            // Many messages of a lost session come at once, and not everyone should ask in the same moment.
            await Task.Delay(Gather * (0.5 + Random.Shared.NextDouble()), time, ct);
            await links.LinkAsync(ct);
            TimeSpan? pause;
            try
            {
                pause = await AskAsync(ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                Log.BackgroundFailed(logger, "Asking for messages to be sealed again", e);
                pause = AfterFailure;
            }

            using var timeout = new CancellationTokenSource(pause ?? Timeout.InfiniteTimeSpan, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
            try
            {
                await _dirty.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // Time to look for what has to be asked for again.
            }
        }
    }

    /// <summary>Puts the requests that are due into the outbox.</summary>
    /// <returns>Until there is something to do again; null: nothing is waited for.</returns>
    public async Task<TimeSpan?> AskAsync(CancellationToken ct)
    {
        HashSet<Guid> conversations = [];
        TimeSpan? pause = null;
        await using (var transaction = await store.BeginAsync(ct))
        {
            var now = time.GetUtcNow();
            var asks = await ResealAsks.ListAsync(transaction, ct);
            if (asks.Count == 0)
                return null;
            var due = asks.Where(ask => ask.NextAt <= now.UtcDateTime).ToList();
            foreach (var ask in due.Where(ask => ask.Tries >= ResealLimits.PerMessage))
                await ResealAsks.DeleteAsync(transaction, ask, ct);
            var groups = due.Where(ask => ask.Tries < ResealLimits.PerMessage)
                .GroupBy(ask => (ask.Message.ConversationId, Device: ask.Message.SenderDeviceId!.Value));
            foreach (var group in groups)
            {
                foreach (var batch in group.OrderBy(ask => ask.Message.Sequence).Chunk(ResealLimits.PerRequest))
                {
                    if (!await ResealLimits.TryCountTodayAsync(
                            transaction, $"requests/{StoreValues.Key(group.Key.Device)}", ResealLimits.RequestsPerDeviceAndDay, now, ct)
                        || !await ResealLimits.TryCountTodayAsync(transaction, "requests", requestsPerDay, now, ct))
                        break;
                    await outbox.AddControlAsync(
                        transaction,
                        group.Key.ConversationId,
                        new ResealRequestContent(group.Key.Device, [.. batch.Select(ask => ask.Message.Id)]),
                        group.Key.Device,
                        ct);
                    conversations.Add(group.Key.ConversationId);
                    foreach (var ask in batch)
                        await ResealAsks.SaveAsync(transaction, ask with { Tries = ask.Tries + 1, NextAt = now.UtcDateTime + ResealLimits.Patience(ask.Tries + 1) }, ct);
                }
            }

            if (await ResealAsks.ListAsync(transaction, ct) is { Count: > 0 } waiting)
            {
                // What is due and was not asked for is over the day's budget.
                var next = waiting.Min(ask => ask.NextAt) - now.UtcDateTime;
                pause = next > TimeSpan.Zero ? next : AfterFailure;
            }

            await transaction.CommitAsync(ct);
        }

        foreach (var conversationId in conversations)
            outbox.Run(conversationId);
        return pause;
    }

    public void Dispose() => _dirty.Dispose();
}
