using System.Text.Json;
using ChatService.Hub.Rooms;
using StackExchange.Redis;

namespace ChatService.Hub.Realtime;

/// <summary>
/// What hubs tell each other: whose connections to move or to end. It may be lost; then a removed device's connection hears
/// nothing (its audiences have moved on), can read and do nothing (every statement asks for the device), and ends at the next lease renewal.
/// </summary>
public sealed partial class ControlChannel(
    IConnectionMultiplexer redis, LocalConnections connections, RoomMembership rooms, DeviceAdmission admission, ILogger<ControlChannel> logger) : BackgroundService
{
    private static readonly RedisChannel s_channel = RedisChannel.Literal("chat.control");

    public Task RejoinAsync(IEnumerable<Guid> userIds) => PublishAsync(new Command([.. userIds], null));

    public Task DisconnectAsync(Guid userId, Guid deviceId) => PublishAsync(new Command([userId], deviceId));

    /// <summary>The user shares something else than before.</summary>
    public Task ResettleAsync(Guid userId) => PublishAsync(new Command([userId], null, SharesAnew: true));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => redis.ListenAsync(s_channel, HandleAsync, stoppingToken);

    private async Task PublishAsync(Command command)
    {
        try
        {
            await redis.GetSubscriber().PublishAsync(s_channel, JsonSerializer.Serialize(command));
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            NotPublished(logger, exception.Message);
            await ApplyAsync(command);
        }
    }

    private async Task HandleAsync(string text)
    {
        try
        {
            await ApplyAsync(JsonSerializer.Deserialize<Command>(text)!);
        }
        catch (Exception exception)
        {
            NotApplied(logger, exception);
        }
    }

    private async Task ApplyAsync(Command command)
    {
        if (command.SharesAnew)
        {
            ConnectedDevice[] devices = [.. command.UserIds.SelectMany(connections.OfUser)];
            var standing = await admission.ReadStandingAsync([.. devices.Select(device => device.DeviceId).Distinct()], CancellationToken.None);
            foreach (var device in devices.Where(device => standing.ContainsKey(device.DeviceId)))
            {
                await rooms.ResettleAsync(device, standing[device.DeviceId].Shared, CancellationToken.None);
            }

            return;
        }

        foreach (var device in command.UserIds.SelectMany(connections.OfUser))
        {
            if (command.RemovedDeviceId == device.DeviceId)
            {
                device.Abort();
            }
            else if (command.RemovedDeviceId is null)
            {
                await rooms.JoinAllAsync(device, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Other hubs were not told: {Reason}")]
    private static partial void NotPublished(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "A command of another hub failed.")]
    private static partial void NotApplied(ILogger logger, Exception exception);

    private sealed record Command(Guid[] UserIds, Guid? RemovedDeviceId, bool SharesAnew = false);
}
