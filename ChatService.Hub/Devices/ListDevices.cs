using ChatService.Contracts;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Devices;

internal static class ListDevices
{
    public static async Task<Ok<IReadOnlyList<DeviceInfo>>> HandleAsync(
        CurrentUser caller, ChatDbContext db, CancellationToken cancellationToken)
    {
        var devices = await db.Devices
            .Where(device => device.ChatUserId == caller.Id && device.RemovedAt == null)
            .Join(db.KeyBundles, device => device.Id, bundle => bundle.DeviceId, (device, bundle) => new { device, bundle.IdentityPublicKey })
            .OrderBy(row => row.device.CreatedAt)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<DeviceInfo>>([.. devices.Select(row => new DeviceInfo(
            row.device.Id,
            row.device.Name,
            Convert.ToBase64String(row.IdentityPublicKey),
            row.device.CreatedAt,
            row.device.LastSeenAt))]);
    }
}
