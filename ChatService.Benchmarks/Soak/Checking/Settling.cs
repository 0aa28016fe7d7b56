using System.Diagnostics;
using ChatService.Benchmarks.Soak.People;
using ChatService.Benchmarks.Soak.Stack;

namespace ChatService.Benchmarks.Soak.Checking;

/// <summary>After the last word: everything runs, everything is acknowledged, everyone has everything; each within a time, or it says who is behind.</summary>
internal sealed class Settling(SoakStack stack, Talk talk, Population people, StoredMessages stored)
{
    /// <summary>Twice as long as anything should take: a reconnect waits for half a minute at most, and CatchUp comes every minute in any case.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    /// <summary>From everything running to everything being acknowledged.</summary>
    public TimeSpan UntilAcknowledged { get; private set; }

    /// <summary>From then to everyone having everything.</summary>
    public TimeSpan UntilCaughtUp { get; private set; }

    /// <summary>Problems; none when all has settled.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken ct)
    {
        if (!await InTimeAsync(stack.HealthyAsync, ct))
        {
            return [$"not everything runs again {s_patience.TotalMinutes} minutes after the last kill"];
        }

        var started = Stopwatch.GetTimestamp();
        if (!await InTimeAsync(talk.SettledAsync, ct))
        {
            return [$"{talk.Sent.Count(sent => sent is { Id: null, Error: null })} messages are still not acknowledged {s_patience.TotalMinutes} minutes after everything ran again"];
        }

        UntilAcknowledged = Stopwatch.GetElapsedTime(started);
        started = Stopwatch.GetTimestamp();
        List<SoakClient> behind = [.. people.Clients];
        if (!await InTimeAsync(token => CaughtUpAsync(behind, token), ct))
        {
            return [.. behind.Select(client => $"{client.Handle} ({client.Client.State}) does not have everything {s_patience.TotalMinutes} minutes after everything was acknowledged")];
        }

        UntilCaughtUp = Stopwatch.GetElapsedTime(started);
        return [];
    }

    private async Task CaughtUpAsync(List<SoakClient> behind, CancellationToken ct)
    {
        while (true)
        {
            // Messages that are sealed again make conversations longer, so who was there once may be behind again.
            var last = await stored.LastSequencesAsync(ct);
            behind.Clear();
            foreach (var client in people.Clients)
            {
                if (!await HeldMessages.ReachAsync(client, last, ct))
                {
                    behind.Add(client);
                }
            }

            if (behind.Count == 0)
            {
                return;
            }

            await Task.Delay(500, ct);
        }
    }

    private static async Task<bool> InTimeAsync(Func<CancellationToken, Task> wait, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(s_patience);
        try
        {
            await wait(limit.Token);
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }
}
