using System.Threading.Channels;
using ChatService.Contracts;

namespace ChatService.Client.Connection;

/// <summary>
/// What the server called and nobody has handled yet, in order. Bounded: what does not fit is dropped and counted as a reason
/// to catch up, which brings everything that matters back.
/// </summary>
internal sealed class Inbox
{
    public const int Capacity = 4096;

    private readonly Channel<Func<IChatHubClient, Task>> _calls =
        Channel.CreateBounded<Func<IChatHubClient, Task>>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    private int _overflowed;

    public void Post(Func<IChatHubClient, Task> call)
    {
        if (!_calls.Writer.TryWrite(call))
            Interlocked.Exchange(ref _overflowed, 1);
    }

    /// <summary>Wakes the reader without giving it a call.</summary>
    public void Wake() => _calls.Writer.TryWrite(_ => Task.CompletedTask);

    public bool TryTake(out Func<IChatHubClient, Task> call) => _calls.Reader.TryRead(out call!);

    public ValueTask<bool> WaitAsync(CancellationToken ct) => _calls.Reader.WaitToReadAsync(ct);

    /// <summary>True once after something was dropped.</summary>
    public bool TakeOverflow() => Interlocked.Exchange(ref _overflowed, 0) == 1;
}
