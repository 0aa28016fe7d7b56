using System.Diagnostics;
using System.Globalization;
using ChatService.Benchmarks.Soak.People;
using ChatService.Benchmarks.Soak.Stack;

namespace ChatService.Benchmarks.Soak;

/// <summary>A line every few seconds.</summary>
internal sealed class SoakProgress(Population people, Talk talk, SoakStack stack)
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(5);

    private readonly long _startedAt = Stopwatch.GetTimestamp();

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(s_every);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                Say(string.Create(
                    CultureInfo.InvariantCulture,
                    $"acknowledged {talk.Acknowledged,7:N0}   waiting {talk.Sent.Count - talk.Acknowledged,5:N0}   delivered {people.Clients.Sum(client => client.ToldCount),9:N0}   connected {people.Clients.Count(client => client.Connection.IsConnected),4}   reconnects {people.Clients.Sum(client => client.Connection.Reconnects),5:N0}   kills {stack.All.Sum(part => part.Kills),3}"));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Over.
        }
    }

    public void Killed(Kill kill) => Say(string.Create(CultureInfo.InvariantCulture, $"killed {kill.Part}, down for {kill.DownFor.TotalSeconds:F1} s"));

    public void Say(string what) => Console.WriteLine($"{Stopwatch.GetElapsedTime(_startedAt):mm\\:ss}   {what}");
}
