using ChatService.Client.Connection;

namespace ChatService.Client.CatchUp;

/// <summary>When CatchUp is next due. A timer wakes the loop; the earliest wish wins.</summary>
internal sealed class CatchUpSchedule : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _due = long.MaxValue;

    public CatchUpSchedule(Inbox inbox, TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => inbox.Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool IsDue => _time.GetUtcNow().UtcTicks >= _due;

    /// <summary>Due after a delay, or earlier if it is already.</summary>
    public void Within(TimeSpan delay)
    {
        var due = (_time.GetUtcNow() + delay).UtcTicks;
        if (due >= _due)
            return;
        _due = due;
        _timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Forgets all earlier wishes.</summary>
    public void Next(TimeSpan delay)
    {
        _due = long.MaxValue;
        Within(delay);
    }

    public void Dispose() => _timer.Dispose();
}
