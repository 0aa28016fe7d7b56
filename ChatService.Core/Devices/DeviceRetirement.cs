using ChatService.Contracts;
using ChatService.Core.Keys;
using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Devices;

/// <summary>
/// A device that has not been seen for 90 days is sealed to no more. Its messages would wait for someone who is not
/// coming, and its keys would stay in use long after their time. Its owner is told when it comes back, nobody else ever.
/// </summary>
public static class DeviceRetirement
{
    public static readonly TimeSpan UnseenFor = TimeSpan.FromDays(90);

    public static Task<List<Guid>> FindAsync(ChatDbContext db, DateTime now, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var before = now - UnseenFor;
        return db.Devices.AsNoTracking()
            .Where(device => device.RemovedAt == null && device.LastSeenAt < before)
            .OrderBy(device => device.LastSeenAt)
            .Select(device => device.Id)
            .Take(count)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Retires it in one transaction; null when it came back or went in the meantime.</summary>
    public static Task<RetiredDevice?> RetireAsync(ChatDbContext db, Guid deviceId, DateTime now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.InTransactionAsync(token => RetireLockedAsync(db, deviceId, now, token), cancellationToken);
    }

    private static async Task<RetiredDevice?> RetireLockedAsync(ChatDbContext db, Guid deviceId, DateTime now, CancellationToken cancellationToken)
    {
        var before = now - UnseenFor;
        // The order of locks is that of every change of a user's devices: the user, the device, the conversations.
        await db.Database.ExecuteSqlAsync(
            $"SELECT FROM chat_users WHERE id = (SELECT chat_user_id FROM devices WHERE id = {deviceId}) FOR NO KEY UPDATE", cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT FROM devices WHERE id = {deviceId} FOR NO KEY UPDATE", cancellationToken);
        var device = await db.Devices.FirstOrDefaultAsync(
            device => device.Id == deviceId && device.RemovedAt == null && device.LastSeenAt < before, cancellationToken);
        if (device is null)
        {
            return null;
        }

        await DeviceListChange.LockAsync(db, device.ChatUserId, cancellationToken);
        device.Retire(now);
        await DeviceKeys.DeleteAsync(db, deviceId, cancellationToken);
        // Its sign-in stays good: the device that it registers as next is given access with it.
        await db.DeviceSessions.Where(known => known.DeviceId == deviceId).ExecuteDeleteAsync(cancellationToken);
        // Not shown in the conversations: that someone was away for long is nobody else's business.
        var affected = await DeviceListChange.ApplyAsync(db, device, SystemEventKind.DeviceRemoved, visible: false, now, cancellationToken);
        return new RetiredDevice(device.ChatUserId, deviceId, [.. affected.Select(conversation => conversation.Id)]);
    }
}
