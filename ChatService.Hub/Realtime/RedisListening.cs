using StackExchange.Redis;

namespace ChatService.Hub.Realtime;

internal static class RedisListening
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Subscribes as soon as Redis is there. From then on its client library does so again whenever Redis comes back.</summary>
    public static async Task ListenAsync(this IConnectionMultiplexer redis, RedisChannel channel, Func<string, Task> handle, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var queue = await redis.GetSubscriber().SubscribeAsync(channel);
                queue.OnMessage(message => handle(message.Message!));
                return;
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                await Task.Delay(s_retryAfter, stoppingToken);
            }
        }
    }
}
