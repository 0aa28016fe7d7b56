using ChatService.Client.Connection;

namespace ChatService.Tests.Client;

public class ReconnectPolicyTests
{
    [Fact]
    public void The_ceiling_doubles_up_to_the_cap()
    {
        var policy = new ReconnectPolicy { Base = TimeSpan.FromSeconds(1), Cap = TimeSpan.FromSeconds(30) };

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], Enumerable.Range(0, 7).Select(attempt => policy.Ceiling(attempt).TotalSeconds));
        Assert.Equal(policy.Cap, policy.Ceiling(int.MaxValue));
    }

    [Fact]
    public void Delays_are_spread_over_the_whole_range_below_the_ceiling()
    {
        var policy = new ReconnectPolicy();
        for (var attempt = 0; attempt < 12; attempt++)
        {
            var ceiling = policy.Ceiling(attempt);
            var delays = Enumerable.Range(0, 400).Select(_ => policy.NextDelay(attempt, TimeSpan.Zero)!.Value).ToArray();

            Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.Zero, ceiling));
            // Full jitter: with 400 even draws, all four quarters are hit but for one chance in 10^49.
            Assert.Equal(4, delays.Select(delay => Math.Min((int)(delay / ceiling * 4), 3)).Distinct().Count());
        }
    }

    [Fact]
    public void It_gives_up_after_a_day_unless_told_never_to()
    {
        var policy = new ReconnectPolicy();

        Assert.NotNull(policy.NextDelay(5000, TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1)));
        Assert.Null(policy.NextDelay(1, TimeSpan.FromDays(1)));
        Assert.NotNull((policy with { GiveUpAfter = Timeout.InfiniteTimeSpan }).NextDelay(1, TimeSpan.FromDays(4000)));
    }
}
