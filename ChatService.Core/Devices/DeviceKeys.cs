using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Devices;

public static class DeviceKeys
{
    /// <summary>Deletes all keys of a device that nobody shall begin a session with any more.</summary>
    public static async Task DeleteAsync(ChatDbContext db, Guid deviceId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        await db.OneTimePreKeys.Where(key => key.DeviceId == deviceId).ExecuteDeleteAsync(cancellationToken);
        await db.SupersededPreKeys.Where(key => key.DeviceId == deviceId).ExecuteDeleteAsync(cancellationToken);
        await db.KeyBundles.Where(bundle => bundle.DeviceId == deviceId).ExecuteDeleteAsync(cancellationToken);
    }
}
