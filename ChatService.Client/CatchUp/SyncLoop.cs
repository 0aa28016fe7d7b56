using ChatService.Client.Connection;
using ChatService.Client.Conversations;
using ChatService.Client.Storage;
using ChatService.Contracts;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.CatchUp;

/// <summary>
/// The one loop through which everything from the server goes, in order. It asks for CatchUp after a connect, when a gap does not
/// close by itself, while the backplane is away, and once in a while in any case.
/// </summary>
internal sealed class SyncLoop(
    IChatStore store, Inbox inbox, SyncSignals signals, CatchUpSchedule schedule, MessageIntake intake, ILinkSource links, IChatHubClient calls, ChatEvents events, ChatClientOptions options, ILogger logger)
{
    private TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _failures;

    /// <summary>False while live messages of other hubs do not come.</summary>
    public bool HasBackplane { get; set; } = true;

    /// <summary>Completes with the first CatchUp after the last (re)connect.</summary>
    public Task CaughtUp => Volatile.Read(ref _caughtUp).Task;

    /// <summary>Before a connection is opened: its server says otherwise in its first words, which come before anyone knows that it is open.</summary>
    public void OnConnecting()
    {
        if (links.Current is null)
            inbox.Post(_ =>
            {
                HasBackplane = true;
                return Task.CompletedTask;
            });
    }

    /// <summary>A new connection: whatever the old one missed is asked for.</summary>
    public void OnConnected()
    {
        if (CaughtUp.IsCompleted)
            Volatile.Write(ref _caughtUp, new(TaskCreationOptions.RunContinuationsAsynchronously));
        inbox.Post(_ =>
        {
            // What the last connection could not do says nothing about how long to wait on this one.
            _failures = 0;
            schedule.Next(TimeSpan.Zero);
            return Task.CompletedTask;
        });
    }

    public async Task RunAsync(CancellationToken ct)
    {
        while (await inbox.WaitAsync(ct))
        {
            while (inbox.TryTake(out var call))
            {
                await HandleAsync(call, ct);
                if (schedule.IsDue)
                    await CatchUpAsync(ct);
            }
        }
    }

    private async Task HandleAsync(Func<IChatHubClient, Task> call, CancellationToken ct)
    {
        try
        {
            await call(calls);
            while (signals.TryTake(out var noted))
                await intake.NotedAsync(noted.ConversationId, noted.Sequence, ct);
            if (intake.HasGaps)
                schedule.Within(options.GapGrace);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Log.BackgroundFailed(logger, "Handling what the server sent", e);
            schedule.Within(TimeSpan.FromSeconds(1));
        }

        if (inbox.TakeOverflow())
            schedule.Within(TimeSpan.Zero);
    }

    private async Task CatchUpAsync(CancellationToken ct)
    {
        schedule.Next(options.SafetyPoll);
        if (links.Current is not { } link)
            return;
        try
        {
            if (!await ReadPagesAsync(link.Hub, ct))
            {
                Failed("the answer was cut", null);
                return;
            }

            await intake.SettleAllAsync(ct);
            _failures = 0;
            schedule.Next(HasBackplane ? options.SafetyPoll : options.PollWithoutBackplane);
            _caughtUp.TrySetResult();
            events.RaiseCaughtUp();
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var error = e is HubException ? ChatError.Parse(e.Message) : null;
            Failed(error?.Code ?? e.Message, error?.RetryAfterMs);
        }
    }

    private void Failed(string reason, int? retryAfterMs)
    {
        Log.CatchUpFailed(logger, reason);
        var delay = options.Reconnect.Ceiling(Math.Min(_failures++, 5)) * (0.5 + Random.Shared.NextDouble());
        schedule.Next(retryAfterMs is { } ms ? TimeSpan.FromMilliseconds(ms) + (delay * 0.1) : delay);
    }

    private async Task<bool> ReadPagesAsync(IChatHub hub, CancellationToken ct)
    {
        List<ConversationPosition> positions;
        await using (var transaction = await store.BeginAsync(ct))
            positions = await ConversationStore.PositionsAsync(transaction, ct);

        await foreach (var page in hub.CatchUp(positions).WithCancellation(ct))
        {
            if (page.CaughtUp)
                return true;
            if (page.ConversationId is { } conversationId && (page.Messages.Count > 0 || page.Through is not null))
            {
                await intake.CaughtAsync(conversationId, page.Messages, page.Through, ct);
                if (page.ConversationComplete)
                    events.RaiseConversationCaughtUp(conversationId);
            }
        }

        return false;
    }
}
