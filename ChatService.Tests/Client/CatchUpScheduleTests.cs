using ChatService.Client.CatchUp;
using ChatService.Client.Connection;
using Microsoft.Extensions.Time.Testing;

namespace ChatService.Tests.Client;

public sealed class CatchUpScheduleTests
{
    [Fact]
    public void A_timer_that_rings_before_the_clock_says_so_is_not_forgotten()
    {
        var time = new TimeWithSlowClock();
        var inbox = new Inbox();
        using var schedule = new CatchUpSchedule(inbox, time);
        schedule.Next(TimeSpan.FromSeconds(2));
        Assert.False(schedule.IsDue);

        time.ClockIsLateBy = TimeSpan.FromMilliseconds(4);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.True(inbox.TryTake(out _));
        Assert.True(schedule.IsDue);
        schedule.Next(TimeSpan.FromSeconds(2));
        Assert.False(schedule.IsDue);
    }

    /// <summary>Timers and the clock have different sources on a real machine, too.</summary>
    private sealed class TimeWithSlowClock : FakeTimeProvider
    {
        public TimeSpan ClockIsLateBy { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - ClockIsLateBy;
    }
}
