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
    private static readonly string s_statement =
        $"""
        WITH by_device AS (
            {Token("{0}", "{1}", "unnest({8}) AS target", "{2}", "{3}")}
        ), by_user AS (
            {Token("{4}", "{5}", "by_device", "{6}", "{7}")}
        ), allowed AS (
            {Token("{10}", "target", "by_user", "{11}", "{12}")}
        ), free AS (
            SELECT key.device_id, key.key_id FROM allowed CROSS JOIN LATERAL (
                SELECT k.device_id, k.key_id FROM one_time_pre_keys k
                WHERE k.device_id = allowed.target AND NOT k.is_used
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
            s_statement,
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

    /// <summary>Takes a token of each target's bucket and returns the targets that had one.</summary>
    private static string Token(string scope, string requester, string targets, string burst, string perSecond)
    {
        const string now = "{9}";
        var filled = $"LEAST({burst}, a.tokens + GREATEST(0, EXTRACT(epoch FROM {now} - a.updated_at)::float8) * {perSecond})";
        return $"""
            INSERT INTO one_time_pre_key_allowances AS a (scope, requester_id, target_device_id, tokens, updated_at)
            SELECT {scope}, {requester}, target, {burst} - 1, {now} FROM {targets} ORDER BY target
            ON CONFLICT (scope, requester_id, target_device_id) DO UPDATE SET
                tokens = {filled} - 1, updated_at = GREATEST(a.updated_at, {now})
            WHERE {filled} >= 1
            RETURNING a.target_device_id AS target
            """;
    }
}
