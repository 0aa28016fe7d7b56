using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace ChatService.Tests.Client;

/// <summary>A clock that the test moves, and that says when somebody begins to wait for it.</summary>
internal sealed class SteppedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>The next wait that begins, and for how long it is.</summary>
    public ValueTask<TimeSpan> WaitBeginsAsync(CancellationToken ct) => _waits.Reader.ReadAsync(ct);
}
