using ChatService.Contracts;
using ChatService.Hub.Realtime;
using StackExchange.Redis;

namespace ChatService.Hub.Presence;

/// <summary>
/// Presence is a lease per connection, in one sorted set by expiry: a hub that dies simply stops renewing. Whoever takes an
/// expired lease out of the set is the one that announces. While Redis is away presence stands still.
/// </summary>
public sealed partial class PresenceLeases(
    IConnectionMultiplexer redis, PresenceAnnouncer announcer, TimeProvider time, ILogger<PresenceLeases> logger)
{
    /// <summary>Longer than two renewals.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(35);

    /// <summary>A connection that ends keeps its lease for so long, so that a reconnect does not flicker.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(8);

    private static readonly RedisKey s_leases = "chat:presence:leases";

    public async Task RenewAsync(ConnectedDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        await TryAsync(async db =>
        {
            var before = await StatusAsync(db, device.UserId);
            await Task.WhenAll(
                db.SortedSetAddAsync(s_leases, Lease(device), ExpiryIn(Lifetime)),
                db.HashSetAsync(UserKey(device.UserId), device.ConnectionId, (int)device.Presence));
            var now = await StatusAsync(db, device.UserId);
            if (before != now)
            {
                await announcer.AnnounceAsync(device.UserId, now, CancellationToken.None);
            }
        });
    }

    public Task LetGoAsync(ConnectedDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return TryAsync(db => db.SortedSetAddAsync(s_leases, Lease(device), ExpiryIn(s_grace)));
    }

    public async Task<PresenceStatus> StatusAsync(Guid userId)
    {
        var status = PresenceStatus.Offline;
        await TryAsync(async db => status = await StatusAsync(db, userId));
        return status;
    }

    /// <summary>Ends what has run out and announces who is gone by it.</summary>
    public Task SweepAsync() => TryAsync(async db =>
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var lease in await db.SortedSetRangeByScoreAsync(s_leases, stop: now, take: 1000))
        {
            // Of several hubs that see it, one takes it out.
            if (!await db.SortedSetRemoveAsync(s_leases, lease) || !TryParse(lease!, out var userId, out var connectionId))
            {
                continue;
            }

            var before = await StatusAsync(db, userId);
            await db.HashDeleteAsync(UserKey(userId), connectionId);
            var after = await StatusAsync(db, userId);
            if (before != after)
            {
                await announcer.AnnounceAsync(userId, after, CancellationToken.None);
            }
        }
    });

    private static async Task<PresenceStatus> StatusAsync(IDatabase db, Guid userId)
    {
        var connections = await db.HashValuesAsync(UserKey(userId));
        return connections.Length == 0 ? PresenceStatus.Offline
            : Array.Exists(connections, value => (int)value == (int)PresenceStatus.Online) ? PresenceStatus.Online
            : PresenceStatus.Away;
    }

    private async Task TryAsync(Func<IDatabase, Task> action)
    {
        if (!redis.IsConnected)
        {
            return;
        }

        try
        {
            await action(redis.GetDatabase());
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            Skipped(logger, exception.Message);
        }
    }

    private double ExpiryIn(TimeSpan span) => (time.GetUtcNow() + span).ToUnixTimeMilliseconds();

    private static RedisKey UserKey(Guid userId) => $"chat:presence:user:{userId:N}";

    private static RedisValue Lease(ConnectedDevice device) => $"{device.UserId:N}:{device.ConnectionId}";

    private static bool TryParse(string lease, out Guid userId, out string connectionId)
    {
        connectionId = lease.Length > 33 ? lease[33..] : "";
        return Guid.TryParseExact(lease.AsSpan(0, Math.Min(32, lease.Length)), "N", out userId) && connectionId.Length > 0;
    }

    [LoggerMessage(LogLevel.Debug, "Presence was not updated: {Reason}")]
    private static partial void Skipped(ILogger logger, string reason);
}
