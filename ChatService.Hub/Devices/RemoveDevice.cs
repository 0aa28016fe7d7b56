using ChatService.Contracts;
using ChatService.Core.Devices;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Devices;

internal static class RemoveDevice
{
    public static async Task<Results<NoContent, ErrorResult>> HandleAsync(
        Guid deviceId, CurrentUser caller, ChatDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        await db.InTransactionAsync(token => RemoveAsync(db, caller.Id, deviceId, time.GetUtcNow().UtcDateTime, token), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task RemoveAsync(ChatDbContext db, Guid userId, Guid deviceId, DateTime now, CancellationToken cancellationToken)
    {
        await OwnDevice.LockUserAsync(db, userId, cancellationToken);
        var device = await OwnDevice.LockAsync(db, userId, deviceId, cancellationToken);
        await DeviceListChange.LockAsync(db, userId, cancellationToken);
        device.Remove(now);
        await db.OneTimePreKeys.Where(key => key.DeviceId == deviceId).ExecuteDeleteAsync(cancellationToken);
        await db.SupersededPreKeys.Where(key => key.DeviceId == deviceId).ExecuteDeleteAsync(cancellationToken);
        await db.KeyBundles.Where(bundle => bundle.DeviceId == deviceId).ExecuteDeleteAsync(cancellationToken);
        await DeviceListChange.ApplyAsync(db, device, SystemEventKind.DeviceRemoved, visible: true, now, cancellationToken);
    }
}
