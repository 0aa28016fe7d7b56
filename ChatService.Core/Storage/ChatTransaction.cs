using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Storage;

public static class ChatTransaction
{
    /// <summary>
    /// Runs one unit of work in a transaction, saves and commits it. A transient failure (a deadlock, a lost connection)
    /// runs it again from what is stored.
    /// </summary>
    public static Task<T> InTransactionAsync<T>(
        this ChatDbContext db, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(work);
        return db.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(token);
                var result = await work(token);
                await db.SaveChangesAsync(token);
                // From here on it has happened, even when the caller has gone: its events are told.
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            },
            cancellationToken);
    }

    public static Task InTransactionAsync(
        this ChatDbContext db, Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        db.InTransactionAsync(
            async token =>
            {
                await work(token);
                return true;
            },
            cancellationToken);
}
