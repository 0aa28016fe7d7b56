using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Core.Keys;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Devices;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Keys;

internal static class AddOneTimePreKeys
{
    public static async Task<Results<NoContent, ErrorResult>> HandleAsync(
        Guid deviceId, AddOneTimePreKeysRequest request, CurrentUser caller, ChatDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var keys = PreKeyUpload.CheckOneTimePreKeys(deviceId, request.OneTimePreKeys, time.GetUtcNow().UtcDateTime);
        await db.InTransactionAsync(token => AddAsync(db, caller.Id, deviceId, keys, token), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task AddAsync(
        ChatDbContext db, Guid userId, Guid deviceId, IReadOnlyList<OneTimePreKey> keys, CancellationToken cancellationToken)
    {
        await OwnDevice.LockAsync(db, userId, deviceId, cancellationToken);
        long[] ids = [.. keys.Select(key => key.KeyId)];
        byte[][] publicKeys = [.. keys.Select(key => key.PublicKey)];
        if (await db.OneTimePreKeys.AnyAsync(
            key => key.DeviceId == deviceId && (ids.Contains(key.KeyId) || publicKeys.Contains(key.PublicKey)), cancellationToken))
        {
            throw new ChatException(ErrorCodes.Conflict, "One of these one-time prekeys was uploaded before: ids and keys are never used twice.");
        }

        var unused = await db.OneTimePreKeys.CountAsync(key => key.DeviceId == deviceId && !key.IsUsed, cancellationToken);
        if (unused + keys.Count > Limits.OneTimePreKeysPerDevice)
        {
            throw new ChatException(
                ErrorCodes.LimitReached, $"A device has at most {Limits.OneTimePreKeysPerDevice} one-time prekeys, and this one has {unused}.");
        }

        db.OneTimePreKeys.AddRange(keys);
    }
}
