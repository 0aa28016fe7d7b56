using ChatService.Contracts;
using ChatService.Hub.Realtime;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ChatService.Hub.Presence;

/// <summary>
/// Presence is a lease per connection, in one sorted set by expiry: a hub that dies simply stops renewing. Whoever takes an
/// expired lease out of the set is the one that announces. While Redis is away presence stands still.
/// </summary>
public sealed partial class PresenceLeases(
    IConnectionMultiplexer redis, PresenceAnnouncer announcer, IOptions<PresenceOptions> options, TimeProvider time, ILogger<PresenceLeases> logger)
{
    private static readonly RedisKey s_leases = "chat:presence:leases";

    public async Task RenewAsync(ConnectedDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        await TryAsync(async db =>
        {
            var before = await StatusAsync(db, device.UserId);
            await Task.WhenAll(
                db.SortedSetAddAsync(s_leases, Lease(device), ExpiryIn(options.Value.Lease)),
                db.HashSetAsync(UserKey(device.UserId), device.ConnectionId, (int)device.Presence),
                // Nobody is online for ever, even if all hubs die at once and what they had to sweep is lost.
                db.KeyExpireAsync(UserKey(device.UserId), options.Value.Lease * 4));
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
        return TryAsync(db => db.SortedSetAddAsync(s_leases, Lease(device), ExpiryIn(options.Value.Grace)));
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
        foreach (var entry in await db.SortedSetRangeByScoreWithScoresAsync(s_leases, stop: now, take: 1000))
        {
            if (!TryParse(entry.Element!, out var userId, out var connectionId))
            {
                await db.SortedSetRemoveAsync(s_leases, entry.Element);
                continue;
            }

            if (await ExpireAsync(db, entry, userId, connectionId) is not var (before, after))
            {
                continue;
            }

            if (before != after)
            {
                await announcer.AnnounceAsync(userId, after, CancellationToken.None);
            }
        }
    });

    /// <summary>
    /// Takes a lease out, and its connection with it, in one transaction: a hub that dies in between would leave someone online
    /// for ever. Null: another hub was first, or the lease was renewed meanwhile.
    /// </summary>
    private static async Task<(PresenceStatus Before, PresenceStatus After)?> ExpireAsync(
        IDatabase db, SortedSetEntry lease, Guid userId, string connectionId)
    {
        var transaction = db.CreateTransaction();
        transaction.AddCondition(Condition.SortedSetEqual(s_leases, lease.Element, lease.Score));
        var before = transaction.HashValuesAsync(UserKey(userId));
        _ = transaction.SortedSetRemoveAsync(s_leases, lease.Element);
        _ = transaction.HashDeleteAsync(UserKey(userId), connectionId);
        var after = transaction.HashValuesAsync(UserKey(userId));
        return await transaction.ExecuteAsync() ? (Of(await before), Of(await after)) : null;
    }

    private static async Task<PresenceStatus> StatusAsync(IDatabase db, Guid userId) => Of(await db.HashValuesAsync(UserKey(userId)));

    private static PresenceStatus Of(RedisValue[] connections) =>
        connections.Length == 0 ? PresenceStatus.Offline
        : Array.Exists(connections, value => (int)value == (int)PresenceStatus.Online) ? PresenceStatus.Online
        : PresenceStatus.Away;

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
