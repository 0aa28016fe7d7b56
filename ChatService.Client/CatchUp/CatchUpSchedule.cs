using ChatService.Client.Connection;

namespace ChatService.Client.CatchUp;

/// <summary>When CatchUp is next due. A timer wakes the loop; the earliest wish wins.</summary>
internal sealed class CatchUpSchedule : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _due = long.MaxValue;
    private volatile bool _hasRung;

    public CatchUpSchedule(Inbox inbox, TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => Ring(inbox), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The timer decides: it runs on another clock, which may be some milliseconds ahead, and it rings only once.</summary>
    public bool IsDue => _hasRung || _time.GetUtcNow().UtcTicks >= _due;

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
        _hasRung = false;
        _due = long.MaxValue;
        Within(delay);
    }

    public void Dispose() => _timer.Dispose();

    private void Ring(Inbox inbox)
    {
        _hasRung = true;
        inbox.Wake();
    }
}
