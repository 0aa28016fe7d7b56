using ChatService.Contracts;
using ChatService.Core.Keys;
using ChatService.Core.Storage;
using ChatService.Hub.RateLimiting;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Keys;

/// <summary>
/// Hands out one-time prekeys. One statement takes a token of the requesting device, one of its user and one of the target
/// and, only with all three, a key that nobody else holds: no token or no key means no row, and nothing is handed out uncounted.
/// </summary>
internal static class OneTimePreKeyPool
{
    private const string Statement =
        """
        WITH by_device AS (
            INSERT INTO one_time_pre_key_allowances AS a (scope, requester_id, target_device_id, tokens, updated_at)
            SELECT {0}, {1}, target, {2} - 1, {9} FROM unnest({8}) AS target ORDER BY target
            ON CONFLICT (scope, requester_id, target_device_id) DO UPDATE SET
                tokens = LEAST({2}, a.tokens + GREATEST(0, EXTRACT(epoch FROM {9} - a.updated_at)::float8) * {3}) - 1,
                updated_at = GREATEST(a.updated_at, {9})
            WHERE LEAST({2}, a.tokens + GREATEST(0, EXTRACT(epoch FROM {9} - a.updated_at)::float8) * {3}) >= 1
            RETURNING a.target_device_id AS target
        ), by_user AS (
            INSERT INTO one_time_pre_key_allowances AS a (scope, requester_id, target_device_id, tokens, updated_at)
            SELECT {4}, {5}, target, {6} - 1, {9} FROM by_device ORDER BY target
            ON CONFLICT (scope, requester_id, target_device_id) DO UPDATE SET
                tokens = LEAST({6}, a.tokens + GREATEST(0, EXTRACT(epoch FROM {9} - a.updated_at)::float8) * {7}) - 1,
                updated_at = GREATEST(a.updated_at, {9})
            WHERE LEAST({6}, a.tokens + GREATEST(0, EXTRACT(epoch FROM {9} - a.updated_at)::float8) * {7}) >= 1
            RETURNING a.target_device_id AS target
        ), allowed AS (
            INSERT INTO one_time_pre_key_allowances AS a (scope, requester_id, target_device_id, tokens, updated_at)
            SELECT {10}, target, target, {11} - 1, {9} FROM by_user ORDER BY target
            ON CONFLICT (scope, requester_id, target_device_id) DO UPDATE SET
                tokens = LEAST({11}, a.tokens + GREATEST(0, EXTRACT(epoch FROM {9} - a.updated_at)::float8) * {12}) - 1,
                updated_at = GREATEST(a.updated_at, {9})
            WHERE LEAST({11}, a.tokens + GREATEST(0, EXTRACT(epoch FROM {9} - a.updated_at)::float8) * {12}) >= 1
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
        """;

    public static Task<List<TakenOneTimePreKey>> TakeAsync(
        ChatDbContext db, Guid requestingUser, Guid requestingDevice, Guid[] targets, RateLimiter limits, DateTime now, CancellationToken cancellationToken)
    {
        var device = limits.InForce(RateLimits.OneTimePreKeys);
        var user = limits.InForce(RateLimits.OneTimePreKeysOfUser);
        var everyone = limits.InForce(RateLimits.OneTimePreKeysOfTarget);
        return db.Database.SqlQueryRaw<TakenOneTimePreKey>(
            Statement,
            (int)AllowanceScope.Device,
            requestingDevice,
            (double)device.Burst,
            device.PerSecond,
            (int)AllowanceScope.User,
            requestingUser,
            (double)user.Burst,
            user.PerSecond,
            targets,
            now,
            (int)AllowanceScope.Everyone,
            (double)everyone.Burst,
            everyone.PerSecond).ToListAsync(cancellationToken);
    }
}
