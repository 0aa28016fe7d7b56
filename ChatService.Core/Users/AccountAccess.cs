using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Users;

/// <summary>
/// Lets users out and in again. What they were given before is refused with it: access tokens at once at every hub that is
/// rung (<see cref="AccessDoorbell"/>), else within its interval, refresh tokens whenever they are used.
/// </summary>
public static class AccountAccess
{
    /// <summary>Within the caller's transaction.</summary>
    public static async Task DisableAsync(ChatDbContext db, Guid userId, DateTime now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var user = await db.Users.SingleAsync(user => user.Id == userId, cancellationToken);
        user.Disable(now);
        db.AccessRevocations.Add(new AccessRevocation { Subject = user.IdentityUserId, RevokedAt = now });
    }

    /// <summary>Within the caller's transaction. Who was out signs in again.</summary>
    public static async Task EnableAsync(ChatDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var user = await db.Users.SingleAsync(user => user.Id == userId, cancellationToken);
        user.Enable();
    }
}
