using ChatService.Contracts;
using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Keys;

/// <summary>Which devices have something to do with their keys. Those not seen lately are asked when they connect.</summary>
public static class KeyQueries
{
    /// <summary>A connected device is noted at least daily.</summary>
    private static readonly TimeSpan s_lately = TimeSpan.FromDays(2);

    /// <summary>Devices whose signed prekey is older than 30 days, after the given one in the order of ids.</summary>
    public static Task<List<Guid>> FindDueAsync(ChatDbContext db, DateTime now, Guid after, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var (oldest, seen) = (now - SignedPreKeyAge.Limit, now - s_lately);
        return db.Database.SqlQuery<Guid>(
            $"""
            SELECT b.device_id AS value FROM user_key_bundles b JOIN devices d ON d.id = b.device_id
            WHERE b.signed_pre_key_timestamp <= {oldest} AND d.removed_at IS NULL AND d.last_seen_at > {seen} AND b.device_id > {after}
            ORDER BY b.device_id LIMIT {count}
            """).ToListAsync(cancellationToken);
    }

    /// <summary>Devices that have fewer than <see cref="Limits.OneTimePreKeysLow"/> one-time prekeys left, after the given one in the order of ids.</summary>
    public static Task<List<LowPool>> FindLowAsync(ChatDbContext db, DateTime now, Guid after, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var seen = now - s_lately;
        var low = Limits.OneTimePreKeysLow;
        return db.Database.SqlQuery<LowPool>(
            $"""
            SELECT d.id AS device_id, pool.remaining FROM devices d CROSS JOIN LATERAL (
                SELECT count(*)::int AS remaining FROM (
                    SELECT FROM one_time_pre_keys k WHERE k.device_id = d.id AND NOT k.is_used LIMIT {low}) AS few) AS pool
            WHERE d.removed_at IS NULL AND d.last_seen_at > {seen} AND d.id > {after} AND pool.remaining < {low}
            ORDER BY d.id LIMIT {count}
            """).ToListAsync(cancellationToken);
    }
}
