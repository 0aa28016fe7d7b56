using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Keys;

/// <summary>Deletes what keys leave behind, a small batch at a time.</summary>
public static class KeyUpkeep
{
    /// <summary>How long the id of a key that is no longer handed out is still refused.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    /// <summary>One-time prekeys that were handed out, with their retention from the day they were uploaded.</summary>
    public static Task<int> DeleteUsedAsync(ChatDbContext db, DateTime now, int batchSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var before = now - Retention;
        return db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM one_time_pre_keys WHERE (device_id, key_id) IN (
                SELECT device_id, key_id FROM one_time_pre_keys
                WHERE is_used AND created_at < {before} ORDER BY created_at LIMIT {batchSize} FOR UPDATE SKIP LOCKED)
            """,
            cancellationToken);
    }

    public static Task<int> DeleteSupersededAsync(ChatDbContext db, DateTime now, int batchSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var before = now - Retention;
        return db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM superseded_pre_keys WHERE (device_id, is_kem, key_id) IN (
                SELECT device_id, is_kem, key_id FROM superseded_pre_keys
                WHERE superseded_at < {before} ORDER BY superseded_at LIMIT {batchSize} FOR UPDATE SKIP LOCKED)
            """,
            cancellationToken);
    }

    /// <summary>Revocations that no access token is old enough for any more.</summary>
    public static Task<int> DeleteRevocationsAsync(ChatDbContext db, DateTime now, int batchSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var before = now - Users.AccessRevocation.KeptFor;
        return db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM access_revocations WHERE id IN (
                SELECT id FROM access_revocations WHERE revoked_at < {before} ORDER BY revoked_at LIMIT {batchSize} FOR UPDATE SKIP LOCKED)
            """,
            cancellationToken);
    }

    /// <summary>A bucket that has had the time to fill up is the same as none.</summary>
    public static Task<int> DeleteFullAllowancesAsync(ChatDbContext db, DateTime now, int batchSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var before = now - TimeSpan.FromDays(1);
        return db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM one_time_pre_key_allowances WHERE (scope, requester_id, target_device_id) IN (
                SELECT scope, requester_id, target_device_id FROM one_time_pre_key_allowances
                WHERE updated_at < {before} ORDER BY updated_at LIMIT {batchSize} FOR UPDATE SKIP LOCKED)
            """,
            cancellationToken);
    }
}
