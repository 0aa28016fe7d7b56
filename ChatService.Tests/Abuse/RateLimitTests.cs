using ChatService.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatService.Tests.Abuse;

/// <summary>Where each rate limit is counted, and for whom. How much it allows, <see cref="RateLimitNumberTests"/> has.</summary>
public sealed class RateLimitTests(SmallLimits limits) : IClassFixture<SmallLimits>
{
    /// <summary>Endpoints that count nothing, and why.</summary>
    private static readonly Dictionary<string, string> s_uncounted = new()
    {
        ["/health"] = "For probes; says no more than a name.",
        ["/alive"] = "For probes.",
        ["GET /openapi/{documentName}.json"] = "The same for everyone.",
        [Routes.Hub] = "Counts as connecting, once the caller is known.",
        [Routes.Hub + "/negotiate"] = "Costs no query; the connection that follows counts.",
        ["GET /account/signin"] = "A page without a query.",
        ["GET /account/done"] = "A page without a query.",
        ["GET /connect/verify/code"] = "A redirect to what counts.",
        ["GET POST /connect/authorize"] = "Without a sign-in, which counts, a redirect.",
        ["GET POST /connect/endsession"] = "A page, or the end of one's own cookie.",
        ["POST /connect/token"] = "Counts before OpenIddict looks at it: see the rows.",
    };

    public static TheoryData<int, string, string> Rows =>
        [.. RateLimitRows.All.Select((row, i) => new TheoryDataRow<int, string, string>(i, row.Limit.Name, row.What))];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_call_is_counted_told_when_to_come_back_and_costs_nobody_else_anything(int row, string limit, string what)
    {
        var (counted, called, call, _) = RateLimitRows.All[row];
        Assert.Equal((limit, what), (counted.Name, called));
        await using var alice = await limits.CallerAsync(counted);
        await using var bob = await limits.CallerAsync(counted);
        // What connecting has taken is there again.
        limits.Hub.Time.Advance(TimeSpan.FromMinutes(5));

        await GoesAsync(alice, call, SmallLimits.Calls(counted));
        var refused = await call(alice);
        Assert.Equal((ErrorCodes.RateLimited, (int)SmallLimits.Wait.TotalMilliseconds), (refused?.Code, refused?.RetryAfterMs));
        await GoesAsync(bob, call, SmallLimits.Calls(counted));

        limits.Hub.Time.Advance(SmallLimits.Wait - TimeSpan.FromMilliseconds(1));
        Assert.InRange((await call(alice))?.RetryAfterMs ?? 0, 1, 2);
        limits.Hub.Time.Advance(TimeSpan.FromMilliseconds(1));
        await GoesAsync(alice, call, 1);
        Assert.Equal(ErrorCodes.RateLimited, (await call(alice))?.Code);
    }

    [Fact]
    public void Every_limit_and_every_method_of_the_hub_has_a_row()
    {
        Assert.Equal(
            RateLimits.All.Select(limit => limit.Name).Order(),
            RateLimitRows.All.Select(row => row.Limit).Concat(RateLimitRows.Elsewhere.Keys).Select(limit => limit.Name).Distinct().Order());
        Assert.Empty(typeof(IChatHub).GetMethods().Select(method => method.Name).Except(RateLimitRows.All.Select(row => row.What)));
    }

    [Fact]
    public void Every_endpoint_counts_or_has_a_reason_not_to()
    {
        var uncounted = limits.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RateLimit>() is null)
            .Select(endpoint => string.Join(' ', [.. endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [], endpoint.RoutePattern.RawText]));

        Assert.Equal(string.Join('\n', s_uncounted.Keys.Order()), string.Join('\n', uncounted.Order()));
    }

    private static async Task GoesAsync(Caller caller, Func<Caller, Task<ChatError?>> call, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.NotEqual(ErrorCodes.RateLimited, (await call(caller))?.Code);
        }
    }
}
