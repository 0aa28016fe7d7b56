using ChatService.Hub.Realtime;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.StackExchangeRedis;
using Microsoft.Extensions.Options;

namespace ChatService.Hub.Delivery;

/// <summary>The Redis backplane, which writes to a <see cref="BoundedConnection"/> in place of each connection.</summary>
internal sealed class BoundedLifetimeManager(
    ILogger<RedisHubLifetimeManager<ChatHub>> logger,
    IOptions<RedisOptions> options,
    IHubProtocolResolver protocols,
    IOptions<HubOptions> globalHubOptions,
    IOptions<HubOptions<ChatHub>> hubOptions,
    BackplaneMonitor backplane,
    DeliveryMetrics metrics,
    TimeProvider time,
    ILoggerFactory loggers)
    : RedisHubLifetimeManager<ChatHub>(logger, options, protocols, globalHubOptions, hubOptions)
{
    // It finds a connection by its id ever after, so it does not matter that OnDisconnectedAsync is given the inner one.
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return base.OnConnectedAsync(
            new BoundedConnection(connection, () => backplane.IsAvailable, metrics, time, loggers) { UserIdentifier = connection.UserIdentifier });
    }
}
