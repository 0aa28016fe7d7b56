using ChatService.Contracts;
using ChatService.Core.Devices;
using ChatService.Core.Errors;
using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Devices;

internal static class OwnDevice
{
    /// <summary>Unknown, removed and someone else's are one and the same answer; that a device was retired, its owner is told.</summary>
    public static async Task<ChatException> MissingAsync(ChatDbContext db, Guid userId, Guid deviceId, CancellationToken cancellationToken) =>
        await db.Devices.AnyAsync(device => device.Id == deviceId && device.ChatUserId == userId && device.RetiredAt != null, cancellationToken)
            ? Retired()
            : Unknown();

    public static ChatException Unknown() =>
        new(ErrorCodes.DeviceUnknown, "This device is not registered with your account: register it (again).");

    public static ChatException Retired() => new(
        ErrorCodes.DeviceRetired, "This device was not seen for 90 days, and nothing has been sealed to it since it was retired: register it anew, with new keys.");

    /// <summary>The caller's active device.</summary>
    public static IQueryable<Device> Of(ChatDbContext db, Guid userId, Guid deviceId) =>
        db.Devices.Where(device => device.Id == deviceId && device.ChatUserId == userId && device.RemovedAt == null);

    /// <summary>One change of a user's devices at a time, so that counts hold. Foreign keys to the user do not wait for it.</summary>
    public static Task LockUserAsync(ChatDbContext db, Guid userId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT id FROM chat_users WHERE id = {userId} FOR NO KEY UPDATE", cancellationToken);

    /// <summary>One change of a device's keys at a time.</summary>
    public static async Task<Device> LockAsync(ChatDbContext db, Guid userId, Guid deviceId, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"SELECT id FROM devices WHERE id = {deviceId} AND chat_user_id = {userId} FOR NO KEY UPDATE", cancellationToken);
        return await Of(db, userId, deviceId).FirstOrDefaultAsync(cancellationToken) ?? throw await MissingAsync(db, userId, deviceId, cancellationToken);
    }
}
