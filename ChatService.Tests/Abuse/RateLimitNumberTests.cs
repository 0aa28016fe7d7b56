using System.Reflection;
using ChatService.Contracts;
using ChatService.Hub.RateLimiting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ChatService.Tests.Abuse;

/// <summary>The numbers of the table. Where each is counted, <see cref="RateLimitTests"/> has.</summary>
public sealed class RateLimitNumberTests
{
    private readonly FakeTimeProvider _time = new();

    public static TheoryData<string> Names => [.. RateLimits.All.Select(limit => limit.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_bites_after_exactly_its_burst_says_when_to_come_back_and_leaves_others_alone(string name)
    {
        var limit = RateLimits.All.Single(known => known.Name == name);
        var limiter = new RateLimiter(Options.Create(new RateLimitOptions()), _time);

        Assert.All(Enumerable.Range(0, limit.Burst), _ => Assert.Null(limiter.TryTake(limit, "alice")));
        var refused = limiter.TryTake(limit, "alice")!;

        Assert.Equal((ErrorCodes.RateLimited, (int)Math.Ceiling(1000 / limit.PerSecond)), (refused.Code, refused.RetryAfterMs));
        Assert.Null(limiter.TryTake(limit, "bob"));
        Assert.All(RateLimits.All.Except([limit]), other => Assert.Null(limiter.TryTake(other, "alice")));

        var wait = TimeSpan.FromMilliseconds(refused.RetryAfterMs!.Value);
        var almost = wait > TimeSpan.FromMilliseconds(1) ? wait - TimeSpan.FromMilliseconds(1.5) : TimeSpan.Zero;
        _time.Advance(almost);
        Assert.True(limiter.TryTake(limit, "alice")!.RetryAfterMs >= 1);
        _time.Advance(wait - almost);
        Assert.Null(limiter.TryTake(limit, "alice"));
        // A millisecond is more than one of the fast ones needs.
        Assert.True(limit.PerSecond >= 1000 || limiter.TryTake(limit, "alice") is not null);

        _time.Advance(TimeSpan.FromSeconds(2 * limit.Burst / limit.PerSecond));
        Assert.All(Enumerable.Range(0, limit.Burst), _ => Assert.Null(limiter.TryTake(limit, "alice")));
        Assert.NotNull(limiter.TryTake(limit, "alice"));
    }

    [Fact]
    public void All_is_all_of_them_under_names_of_their_own()
    {
        var defined = typeof(RateLimits).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(RateLimit)).Select(property => (RateLimit)property.GetValue(null)!);

        Assert.Equal(defined.Select(limit => limit.Name).Order(), RateLimits.All.Select(limit => limit.Name).Order());
        Assert.Equal(RateLimits.All.Count, RateLimits.All.Select(limit => limit.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }
}
