using System.Collections.Concurrent;
using ChatService.Client;

namespace ChatService.Benchmarks.Soak.People;

/// <summary>Everyone says something every few seconds, whether or not what they said before has been acknowledged.</summary>
/// <param name="pause">Of one client, on average.</param>
internal sealed class Talk(TimeSpan pause)
{
    /// <summary>Who waits for so many acknowledgements says no more, as a person would.</summary>
    private const int MostWaiting = 20;

    private const string Filler = "Lorem ipsum dolor sit amet, consetetur sadipscing elitr, sed diam nonumy eirmod tempor invidunt ut labore et dolore magna aliquyam erat.";

    private readonly ConcurrentQueue<SentMessage> _sent = new();
    private readonly ConcurrentQueue<Task> _sends = new();
    private int _acknowledged;

    /// <summary>Everything that was ever said; that of one client in one conversation in the order in which they said it.</summary>
    public IReadOnlyCollection<SentMessage> Sent => _sent;

    public int Acknowledged => _acknowledged;

    /// <summary>Until <paramref name="stop"/> is cancelled.</summary>
    public Task RunAsync(IEnumerable<SoakClient> clients, CancellationToken stop) => Task.WhenAll(clients.Select(client => TalkAsync(client, stop)));

    /// <summary>Completes when everything that was said is acknowledged, or refused for good.</summary>
    public Task SettledAsync(CancellationToken ct) => Task.WhenAll(_sends).WaitAsync(ct);

    private async Task TalkAsync(SoakClient client, CancellationToken stop)
    {
        var random = new Random();
        var waiting = new SemaphoreSlim(MostWaiting, MostWaiting);
        try
        {
            for (var number = 1; ; number++)
            {
                await Task.Delay(pause * (2 * random.NextDouble()), stop);
                await waiting.WaitAsync(stop);
                var room = client.Rooms[random.Next(client.Rooms.Count)];
                var sent = new SentMessage(client, room.Id, $"{client.Handle} {number} {Filler[..random.Next(Filler.Length)]}");
                _sent.Enqueue(sent);
                _sends.Enqueue(SendAsync(room, sent, waiting));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Has said enough.
        }
    }

    private async Task SendAsync(SoakRoom room, SentMessage sent, SemaphoreSlim waiting)
    {
        try
        {
            var message = await sent.Sender.Client.SendTextAsync(room.Conversation, sent.Text);
            sent.Acknowledged(message.Id, message.Sequence!.Value);
            Interlocked.Increment(ref _acknowledged);
        }
        catch (ChatException e)
        {
            sent.Error = e.Code;
        }
        finally
        {
            waiting.Release();
        }
    }
}
