using ChatService.Contracts;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Devices;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Keys;

internal static class CountKeys
{
    public static async Task<Results<Ok<KeyCount>, ErrorResult>> HandleAsync(
        Guid deviceId, CurrentUser caller, ChatDbContext db, CancellationToken cancellationToken)
    {
        var found = await OwnDevice.Of(db, caller.Id, deviceId)
            .Join(db.KeyBundles, device => device.Id, bundle => bundle.DeviceId, (_, bundle) => new
            {
                bundle.SignedPreKeyId,
                bundle.KemPreKeyId,
                bundle.SignedPreKeyTimestamp,
                OneTimePreKeys = db.OneTimePreKeys.Count(key => key.DeviceId == bundle.DeviceId && !key.IsUsed),
            })
            .FirstOrDefaultAsync(cancellationToken) ?? throw await OwnDevice.MissingAsync(db, caller.Id, deviceId, cancellationToken);
        return TypedResults.Ok(new KeyCount(
            found.OneTimePreKeys, (uint)found.SignedPreKeyId, (uint)found.KemPreKeyId, found.SignedPreKeyTimestamp));
    }
}
