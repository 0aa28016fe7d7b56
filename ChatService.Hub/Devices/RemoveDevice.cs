using System.Security.Claims;
using ChatService.Contracts;
using ChatService.Core.Devices;
using ChatService.Core.Storage;
using ChatService.Core.Users;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Devices;

/// <summary>
/// Removes a device, and ends every sign-in that it was seen with: first at the authority, so that nothing can be renewed,
/// then the access tokens that are out, together with the device itself. The sign-in that asks is its owner's and stays.
/// </summary>
internal static class RemoveDevice
{
    public static async Task<Results<NoContent, ErrorResult>> HandleAsync(
        Guid deviceId, CurrentUser caller, ClaimsPrincipal principal, ChatDbContext db, SignInEnd signIns, TimeProvider time, CancellationToken cancellationToken)
    {
        var session = SignInSession.Of(principal);
        if (!await OwnDevice.Of(db, caller.Id, deviceId).AnyAsync(cancellationToken))
        {
            throw OwnDevice.Unknown();
        }

        await signIns.EndAsync(await SessionsOf(db, deviceId, session.Id).ToListAsync(cancellationToken), cancellationToken);
        await db.InTransactionAsync(
            token => RemoveAsync(db, caller.Id, deviceId, session, time.GetUtcNow().UtcDateTime, token), cancellationToken);
        return TypedResults.NoContent();
    }

    /// <param name="session">Whose subject's access tokens end; its own stay.</param>
    public static async Task RemoveAsync(
        ChatDbContext db, Guid userId, Guid deviceId, SignInSession session, DateTime now, CancellationToken cancellationToken)
    {
        await OwnDevice.LockUserAsync(db, userId, cancellationToken);
        var device = await OwnDevice.LockAsync(db, userId, deviceId, cancellationToken);
        await DeviceListChange.LockAsync(db, userId, cancellationToken);
        device.Remove(now);
        foreach (var sessionId in await SessionsOf(db, deviceId, session.Id).ToListAsync(cancellationToken))
        {
            db.AccessRevocations.Add(new AccessRevocation { Subject = session.Subject, SessionId = sessionId, RevokedAt = now });
        }

        await db.DeviceSessions.Where(known => known.DeviceId == deviceId).ExecuteDeleteAsync(cancellationToken);
        await DeviceKeys.DeleteAsync(db, deviceId, cancellationToken);
        await DeviceListChange.ApplyAsync(db, device, SystemEventKind.DeviceRemoved, visible: true, now, cancellationToken);
    }

    private static IQueryable<string> SessionsOf(ChatDbContext db, Guid deviceId, string? except) =>
        db.DeviceSessions.Where(known => known.DeviceId == deviceId && known.SessionId != except).Select(known => known.SessionId);
}
