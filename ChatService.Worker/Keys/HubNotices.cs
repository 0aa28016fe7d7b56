using ChatService.Core.Keys;
using StackExchange.Redis;

namespace ChatService.Worker.Keys;

/// <summary>Tells the hubs. Without Redis they are told nothing, and the device learns it at its next connect.</summary>
internal sealed partial class HubNotices(IConnectionMultiplexer redis, ILogger<HubNotices> logger)
{
    private static readonly RedisChannel s_channel = RedisChannel.Literal(UpkeepNotice.Channel);

    public async Task TellAsync(UpkeepNotice notice)
    {
        try
        {
            await redis.GetSubscriber().PublishAsync(s_channel, notice.ToString());
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogNotTold(logger, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The hubs were not told: {Reason}")]
    private static partial void LogNotTold(ILogger logger, string reason);
}
