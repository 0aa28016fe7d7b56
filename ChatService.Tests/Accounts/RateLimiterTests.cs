using ChatService.Contracts;
using ChatService.Hub.RateLimiting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ChatService.Tests.Accounts;

public class RateLimiterTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_burst_goes_through_then_the_rate_and_the_refusal_says_when()
    {
        var limiter = Limiter();

        Assert.All(Enumerable.Range(0, RateLimits.Directory.Burst), _ => Assert.Null(limiter.TryTake(RateLimits.Directory, "alice")));
        var refused = limiter.TryTake(RateLimits.Directory, "alice");
        Assert.Equal(ErrorCodes.RateLimited, refused?.Code);
        Assert.InRange(refused!.RetryAfterMs!.Value, 8999, 9001);
        Assert.Null(limiter.TryTake(RateLimits.Directory, "bob"));
        Assert.Null(limiter.TryTake(RateLimits.Keys, "alice"));

        _time.Advance(TimeSpan.FromMilliseconds(refused.RetryAfterMs.Value + 1));
        Assert.Null(limiter.TryTake(RateLimits.Directory, "alice"));
        Assert.NotNull(limiter.TryTake(RateLimits.Directory, "alice"));
    }

    [Fact]
    public void An_operators_values_are_in_force()
    {
        var limiter = Limiter(new RateLimitOptions { ["Directory"] = new RateLimitOverride { Burst = 1 } });

        Assert.Null(limiter.TryTake(RateLimits.Directory, "alice"));
        Assert.NotNull(limiter.TryTake(RateLimits.Directory, "alice"));
    }

    [Fact]
    public void More_than_a_bucket_holds_takes_the_whole_bucket()
    {
        var limiter = Limiter();

        Assert.Null(limiter.TryTake(RateLimits.Keys, "alice", int.MaxValue));
        Assert.NotNull(limiter.TryTake(RateLimits.Keys, "alice"));
    }

    [Fact]
    public void Buckets_at_rest_are_dropped()
    {
        var limiter = Limiter();
        foreach (var number in Enumerable.Range(0, 100))
        {
            limiter.TryTake(RateLimits.Messages, $"user {number}");
        }

        _time.Advance(TimeSpan.FromMinutes(2));
        limiter.TryTake(RateLimits.Messages, "someone else");

        Assert.Equal(1, limiter.Count);
    }

    private RateLimiter Limiter(RateLimitOptions? options = null) => new(Options.Create(options ?? []), _time);
}
