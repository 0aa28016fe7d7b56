using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Accounts;

/// <summary>
/// Deletes what the authority no longer needs, by OpenIddict's own rules, but a small batch at a time: tokens that can
/// be used no more, and authorizations that no token belongs to.
/// </summary>
public static class TokenUpkeep
{
    /// <summary>Used refresh tokens stay this long, so that using one again is still recognised as theft.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(14);

    public static Task<int> DeleteTokensAsync(AccountsDbContext db, DateTime now, int batchSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var before = now - Retention;
        return db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM accounts.tokens WHERE id IN (
                SELECT t.id FROM accounts.tokens t LEFT JOIN accounts.authorizations a ON a.id = t.authorization_id
                WHERE t.creation_date < {before} AND (
                    t.status NOT IN ('inactive', 'valid') OR t.expiration_date < {now} OR a.status <> 'valid')
                ORDER BY t.creation_date LIMIT {batchSize} FOR UPDATE OF t SKIP LOCKED)
            """,
            cancellationToken);
    }

    public static Task<int> DeleteAuthorizationsAsync(AccountsDbContext db, DateTime now, int batchSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var before = now - Retention;
        return db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM accounts.authorizations WHERE id IN (
                SELECT a.id FROM accounts.authorizations a
                WHERE a.creation_date < {before} AND (a.status <> 'valid' OR a.type = 'ad-hoc')
                    AND NOT EXISTS (SELECT FROM accounts.tokens t WHERE t.authorization_id = a.id)
                ORDER BY a.creation_date LIMIT {batchSize} FOR UPDATE OF a SKIP LOCKED)
            """,
            cancellationToken);
    }
}
