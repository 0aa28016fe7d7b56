using System.Reflection;
using StackExchange.Redis;

namespace ChatService.Hub.Realtime;

/// <summary>
/// The Redis connection as SignalR's backplane gets it. A subscription that cannot be made now would end the client's
/// connection, and leave the group deaf for whoever joins it later; here it waits for Redis instead, and the client polls.
/// </summary>
public class BackplaneConnection : DispatchProxy
{
    private IConnectionMultiplexer _redis = null!;
    private ISubscriber _subscriber = null!;

    public static IConnectionMultiplexer Over(IConnectionMultiplexer redis)
    {
        ArgumentNullException.ThrowIfNull(redis);
        var proxy = Create<IConnectionMultiplexer, BackplaneConnection>();
        var connection = (BackplaneConnection)(object)proxy;
        connection._redis = redis;
        connection._subscriber = BackplaneSubscriber.Over(redis.GetSubscriber());
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IConnectionMultiplexer.GetSubscriber)
            ? _subscriber
            : targetMethod.Invoke(_redis, BindingFlags.DoNotWrapExceptions, null, args, null);
}
