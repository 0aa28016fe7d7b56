using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Worker.Upkeep;

/// <summary>One worker at a time per job: an advisory lock of the session, which PostgreSQL drops with a worker that dies.</summary>
internal static class UpkeepLock
{
    /// <summary>Runs the work while holding the lock; false when another worker has it.</summary>
    public static async Task<bool> TryRunAsync(
        ChatDbContext db, string name, Func<Task> work, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            var mine = await db.Database
                .SqlQuery<bool>($"SELECT pg_try_advisory_lock(hashtextextended({name}, 0)) AS value")
                .ToListAsync(cancellationToken);
            if (!mine[0])
            {
                return false;
            }

            try
            {
                await work();
            }
            finally
            {
                await db.Database.ExecuteSqlAsync(
                    $"SELECT pg_advisory_unlock(hashtextextended({name}, 0))", CancellationToken.None);
            }

            return true;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
