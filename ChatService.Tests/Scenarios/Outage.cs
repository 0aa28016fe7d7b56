using ChatService.Tests.AppHost;

namespace ChatService.Tests.Scenarios;

/// <summary>A part of the stack is away, until it is called back or the test is over.</summary>
internal sealed class Outage : IAsyncDisposable
{
    private readonly AppHostFixture _stack;
    private readonly string _resource;
    private readonly string _healthOf;
    private bool _isOver;

    private Outage(AppHostFixture stack, string resource, string healthOf) => (_stack, _resource, _healthOf) = (stack, resource, healthOf);

    /// <param name="isKilled">With SIGKILL; otherwise it is asked to stop.</param>
    /// <param name="healthOf">What tells that it is back, if not the resource itself.</param>
    public static async Task<Outage> BeginAsync(AppHostFixture stack, string resource, bool isKilled, string? healthOf = null)
    {
        await (isKilled ? stack.KillAsync(resource) : stack.StopAsync(resource));
        return new(stack, resource, healthOf ?? resource);
    }

    public async Task EndAsync()
    {
        _isOver = true;
        await _stack.StartAsync(_resource);
        await _stack.WaitHealthyAsync(_healthOf);
        if (_resource == "redis")
        {
            // The hubs find out by themselves, and the next test is not about that.
            foreach (var hub in (int[])[1, 2])
            {
                using var client = new HttpClient { BaseAddress = await _stack.HubAsync(hub) };
                await Patience.UntilAsync(
                    async () => (await client.GetStringAsync("/health")).StartsWith("Healthy", StringComparison.Ordinal), $"hub-{hub} has Redis again");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isOver)
        {
            await EndAsync();
        }
    }
}
