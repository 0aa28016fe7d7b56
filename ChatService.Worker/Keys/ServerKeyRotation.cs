using ChatService.Core.Accounts;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Worker.Keys;

/// <summary>Makes the authority's next keys when the last ones grow old. The hubs load them long before they are used.</summary>
internal sealed class ServerKeyRotation(AccountsDbContext db, ServerKeys keys)
{
    public async Task<int> RotateAsync(CancellationToken cancellationToken)
    {
        var before = await db.ServerKeys.AsNoTracking().Select(key => key.Id).ToListAsync(cancellationToken);
        if (before.Count == 0)
        {
            // The hubs make the first ones, if they are the authority at all.
            return 0;
        }

        var after = await keys.EnsureAsync(db, cancellationToken);
        return after.Count(key => !before.Contains(key.Id));
    }
}
