using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Core.Devices;
using ChatService.Core.DomainEvents;
using ChatService.Core.Keys;
using ChatService.Hub.Realtime;
using Microsoft.AspNetCore.SignalR;
using StackExchange.Redis;

namespace ChatService.Hub.Keys;

/// <summary>Passes on what the worker has to say: each hub to the devices that are connected to it, and to nobody else.</summary>
public sealed partial class UpkeepListener(
    IConnectionMultiplexer redis,
    LocalConnections connections,
    IHubContext<ChatHub, IChatHubClient> hub,
    DomainEventDispatcher events,
    ILogger<UpkeepListener> logger) : BackgroundService
{
    /// <summary>Every hub hears of a retired device, and one of them tells the members.</summary>
    private static readonly TimeSpan s_claim = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        redis.ListenAsync(RedisChannel.Literal(UpkeepNotice.Channel), text => HandleAsync(text, stoppingToken), stoppingToken);

    private async Task HandleAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            var notice = UpkeepNotice.Parse(text);
            var rotate = notice.Rotate.ToHashSet();
            var topUp = notice.TopUp.ToDictionary(pool => pool.DeviceId, pool => pool.Remaining);
            await Telling.AllAsync(
                connections.All.Where(device => rotate.Contains(device.DeviceId)),
                device => hub.Clients.Client(device.ConnectionId).RotateSignedPreKey());
            await Telling.AllAsync(
                connections.All.Where(device => topUp.ContainsKey(device.DeviceId)),
                device => hub.Clients.Client(device.ConnectionId).OneTimePreKeysLow(topUp[device.DeviceId]));
            foreach (var retired in notice.Retired)
            {
                await RetiredAsync(retired, cancellationToken);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, exception);
        }
    }

    private async Task RetiredAsync(RetiredDevice device, CancellationToken cancellationToken)
    {
        if (!await redis.GetDatabase().StringSetAsync($"{UpkeepNotice.Channel}:{device.DeviceId:N}", "told", s_claim, When.NotExists))
        {
            return;
        }

        await events.DispatchAsync(
            [
                new UserKeyBundleUpdatedDomainEvent(device.UserId, device.DeviceId),
                new DeviceRemovedDomainEvent(device.UserId, device.DeviceId),
                .. device.Conversations.Select(conversation => new ConversationChangedDomainEvent(conversation)),
            ],
            cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "A notice of the worker could not be passed on.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
