using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Keys;

/// <summary>The server cannot rotate a signed prekey, whose private half is on the device. It can ask.</summary>
public static class SignedPreKeyAge
{
    /// <summary>The outer bound of protocol section 1; devices rotate weekly by themselves.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromDays(30);

    public static Task<bool> IsRotationDueAsync(
        ChatDbContext db, Guid deviceId, DateTime now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var oldest = now - Limit;
        return db.KeyBundles.AnyAsync(
            bundle => bundle.DeviceId == deviceId && bundle.SignedPreKeyTimestamp <= oldest, cancellationToken);
    }
}
