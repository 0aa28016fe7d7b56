using ChatService.Contracts;
using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Keys;

/// <summary>
/// Hands out one-time prekeys. One statement takes the token of each (requesting device, target device) and, only with
/// it, a key that nobody else holds: no token or no key means no row, and nothing is handed out uncounted.
/// </summary>
internal static class OneTimePreKeyPool
{
    public static Task<List<TakenOneTimePreKey>> TakeAsync(
        ChatDbContext db, Guid requestingDevice, Guid[] targets, RateLimit limit, DateTime now, CancellationToken cancellationToken)
    {
        double burst = limit.Burst;
        var perSecond = limit.PerSecond;
        return db.Database.SqlQuery<TakenOneTimePreKey>(
            $"""
            WITH allowed AS (
                INSERT INTO one_time_pre_key_allowances AS a (requesting_device_id, target_device_id, tokens, updated_at)
                SELECT {requestingDevice}, target, {burst} - 1, {now} FROM unnest({targets}) AS target ORDER BY target
                ON CONFLICT (requesting_device_id, target_device_id) DO UPDATE SET
                    tokens = LEAST({burst}, a.tokens + GREATEST(0, EXTRACT(epoch FROM {now} - a.updated_at)::float8) * {perSecond}) - 1,
                    updated_at = GREATEST(a.updated_at, {now})
                WHERE LEAST({burst}, a.tokens + GREATEST(0, EXTRACT(epoch FROM {now} - a.updated_at)::float8) * {perSecond}) >= 1
                RETURNING a.target_device_id
            ), free AS (
                SELECT key.device_id, key.key_id FROM allowed CROSS JOIN LATERAL (
                    SELECT k.device_id, k.key_id FROM one_time_pre_keys k
                    WHERE k.device_id = allowed.target_device_id AND NOT k.is_used
                    ORDER BY k.created_at LIMIT 1 FOR UPDATE SKIP LOCKED) AS key
            )
            UPDATE one_time_pre_keys k SET is_used = true FROM free
            WHERE k.device_id = free.device_id AND k.key_id = free.key_id AND NOT k.is_used
            RETURNING k.device_id, k.key_id, k.public_key
            """).ToListAsync(cancellationToken);
    }
}
