using ChatService.Contracts;
using Microsoft.AspNetCore.SignalR;
using StackExchange.Redis;

namespace ChatService.Hub.Realtime;

/// <summary>
/// Knows whether Redis is there, and tells this server's clients: without the backplane nothing live arrives, so they poll,
/// and once more when it is back, for what was lost in between. Their connections are told one by one, which needs no Redis.
/// </summary>
public sealed partial class BackplaneMonitor(
    IConnectionMultiplexer redis,
    IServiceProvider services,
    LocalConnections connections,
    ILogger<BackplaneMonitor> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private volatile bool _isAvailable = redis.IsConnected;
    private int _restored;

    public bool IsAvailable => _isAvailable;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        redis.ConnectionRestored += (_, _) => Interlocked.Exchange(ref _restored, 1);
        using var timer = new PeriodicTimer(s_interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var isAvailable = await IsSubscribedAsync();
            // A connection that broke and came back between two looks may have lost messages all the same.
            var wasRestored = Interlocked.Exchange(ref _restored, 0) == 1;
            if (isAvailable == _isAvailable && !(isAvailable && wasRestored))
            {
                continue;
            }

            _isAvailable = isAvailable;
            Changed(logger, isAvailable ? "back" : "away");
            await TellAsync(isAvailable);
        }
    }

    /// <summary>Answered on the connection of the subscriptions, so after these were made again.</summary>
    private async Task<bool> IsSubscribedAsync()
    {
        try
        {
            if (redis.IsConnected)
            {
                await redis.GetSubscriber().PingAsync();
            }

            return redis.IsConnected;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return false;
        }
    }

    private async Task TellAsync(bool isAvailable)
    {
        // Asked for late: the hub context's lifetime manager needs Redis itself.
        var hub = services.GetRequiredService<IHubContext<ChatHub, IChatHubClient>>();
        await Telling.AllAsync(connections.All, device => hub.Clients.Client(device.ConnectionId).BackplaneChanged(isAvailable));
    }

    [LoggerMessage(LogLevel.Warning, "The Redis backplane is {State}.")]
    private static partial void Changed(ILogger logger, string state);
}
