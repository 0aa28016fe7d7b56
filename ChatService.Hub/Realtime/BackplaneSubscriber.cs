using System.Reflection;
using StackExchange.Redis;

namespace ChatService.Hub.Realtime;

/// <summary>See <see cref="BackplaneConnection"/>.</summary>
public class BackplaneSubscriber : DispatchProxy
{
    private ISubscriber _inner = null!;

    public static ISubscriber Over(ISubscriber inner)
    {
        var proxy = Create<ISubscriber, BackplaneSubscriber>();
        ((BackplaneSubscriber)(object)proxy)._inner = inner;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => (targetMethod!.Name, args) switch
    {
        // Redis says how many servers listen, which nobody needs to wait for; that it went away is the monitor's to find.
        (nameof(ISubscriber.PublishAsync), [RedisChannel channel, RedisValue message, CommandFlags flags]) =>
            _inner.PublishAsync(channel, message, flags | CommandFlags.FireAndForget),
        (nameof(ISubscriber.SubscribeAsync), [RedisChannel channel, CommandFlags]) => SubscribeAsync(channel),
        (nameof(ISubscriber.UnsubscribeAsync), [RedisChannel channel, var handler, CommandFlags]) =>
            _inner.UnsubscribeAsync(channel, (Action<RedisChannel, RedisValue>?)handler, CommandFlags.FireAndForget),
        _ => targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null),
    };

    private async Task<ChannelMessageQueue> SubscribeAsync(RedisChannel channel)
    {
        // Not waited for, it cannot fail: the client library subscribes again whenever Redis comes back.
        var queue = await _inner.SubscribeAsync(channel, CommandFlags.FireAndForget);
        try
        {
            // Answered after the subscription, on the same connection: from here on nothing is missed.
            await _inner.PingAsync();
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // Redis is away, which the monitor tells the clients.
        }

        return queue;
    }
}
