using ChatService.Contracts;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Abuse;

/// <summary>A hub where a few calls of any kind use a limit up, and two seconds bring the next.</summary>
public sealed class SmallLimits(AppHostFixture stack) : IAsyncLifetime
{
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    /// <summary>Every message counts for its number and for its bytes, so the one that is not looked at must be the larger.</summary>
    private const int Messages = 12;
    private const int Others = 3;

    private InProcessHub? _hub;

    internal InProcessHub Hub => _hub!;

    public async ValueTask InitializeAsync()
    {
        var settings = RateLimits.All.SelectMany(limit => ((string, string)[])
        [
            ($"RateLimits:{limit.Name}:Burst", $"{Calls(limit) * Weight(limit)}"),
            ($"RateLimits:{limit.Name}:PerSecond", $"{Weight(limit) / Wait.TotalSeconds}"),
        ]);
        _hub = await InProcessHub.StartAsync(stack, [.. settings, ("ForwardedHeaders_Enabled", "true")]);
    }

    public ValueTask DisposeAsync() => _hub!.DisposeAsync();

    internal static int Calls(RateLimit limit) => limit == RateLimits.Messages ? Messages : Others;

    internal async Task<Caller> CallerAsync(RateLimit limit)
    {
        var caller = await Caller.CreateAsync(Hub);
        if (limit == RateLimits.AIChunks)
        {
            await Hub.MakeAssistantAsync(caller.UserId);
        }

        return caller;
    }

    private static int Weight(RateLimit limit) => RateLimitRows.All.FirstOrDefault(row => row.Limit == limit)?.Weight ?? 1;
}
