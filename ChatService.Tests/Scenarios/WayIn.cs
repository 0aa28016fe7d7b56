using ChatService.Client;
using ChatService.Client.Connection;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Scenarios;

/// <summary>An <see cref="Entrance"/> to the stack.</summary>
internal sealed class WayIn : IAsyncDisposable
{
    private readonly AppHostFixture _stack;
    private readonly Uri _gateway;
    private readonly Doorway[] _doors;

    private WayIn(AppHostFixture stack, Entrance entrance, Uri gateway, Doorway[] doors)
    {
        (_stack, _gateway, _doors) = (stack, gateway, doors);
        Options = new()
        {
            Transport = entrance switch
            {
                Entrance.WebSocketsOnly => HubTransport.WebSocketsOnly,
                Entrance.LongPollingThroughTheGateway => HubTransport.LongPolling,
                _ => HubTransport.Automatic,
            },
        };
    }

    public ChatClientOptions Options { get; }

    public static async Task<WayIn> OpenAsync(AppHostFixture stack, Entrance entrance)
    {
        Doorway[] doors = entrance == Entrance.WebSocketsOnly ? [new(await stack.HubAsync(1)), new(await stack.HubAsync(2))] : [];
        return new(stack, entrance, await stack.GatewayAsync(), doors);
    }

    /// <param name="hub">1 or 2, where this way does not choose by itself.</param>
    public Uri Address(int hub) => _doors.Length == 0 ? _gateway : _doors[hub - 1].Address;

    public Task<Person> ConnectAsync(int hub) => Person.ConnectAsync(_stack, Address(hub), Options);

    /// <summary>With another device of an account that there is.</summary>
    public Task<Person> ConnectAsync(int hub, ApiUser account) => Person.ConnectAsync(account, Address(hub), Options);

    /// <summary>Who comes from here on comes to the other hub. The gateway finds that out by itself.</summary>
    public async Task AvoidAsync(int hub)
    {
        foreach (var door in _doors)
        {
            door.Target = await _stack.HubAsync(3 - hub);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var door in _doors)
        {
            await door.DisposeAsync();
        }
    }
}
