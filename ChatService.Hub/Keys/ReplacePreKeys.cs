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

internal static class ReplacePreKeys
{
    public static async Task<Results<NoContent, ErrorResult>> HandleAsync(
        Guid deviceId, ReplacePreKeysRequest request, CurrentUser caller, ChatDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        await db.InTransactionAsync(token => ReplaceAsync(db, caller.Id, deviceId, request, time.GetUtcNow().UtcDateTime, token), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task ReplaceAsync(
        ChatDbContext db, Guid userId, Guid deviceId, ReplacePreKeysRequest request, DateTime now, CancellationToken cancellationToken)
    {
        var device = await OwnDevice.LockAsync(db, userId, deviceId, cancellationToken);
        var bundle = await db.KeyBundles.FirstAsync(bundle => bundle.DeviceId == deviceId, cancellationToken);
        var identity = IdentityPublicKey.FromStored(bundle.IdentityPublicKey);
        var signed = PreKeyUpload.CheckSignedPreKey(identity, request.SignedPreKey);
        var kem = PreKeyUpload.CheckKemPreKey(identity, request.KemPreKey);
        if (IsCurrent(bundle, signed, kem))
        {
            // The answer to the first attempt was lost.
            return;
        }

        var reused = signed.Id == bundle.SignedPreKeyId || kem.Id == bundle.KemPreKeyId
            || await db.SupersededPreKeys.AnyAsync(
                old => old.DeviceId == deviceId && old.KeyId == (old.IsKem ? kem.Id : signed.Id), cancellationToken);
        if (reused)
        {
            throw new ChatException(ErrorCodes.Conflict, "A prekey id is never used twice: take the next one.");
        }

        db.SupersededPreKeys.AddRange(
            new SupersededPreKey { DeviceId = deviceId, IsKem = false, KeyId = bundle.SignedPreKeyId, SupersededAt = now },
            new SupersededPreKey { DeviceId = deviceId, IsKem = true, KeyId = bundle.KemPreKeyId, SupersededAt = now });
        bundle.SignedPreKeyId = signed.Id;
        bundle.SignedPreKey = signed.PublicKey;
        bundle.SignedPreKeySignature = signed.Signature;
        bundle.SignedPreKeyTimestamp = now;
        bundle.KemPreKeyId = kem.Id;
        bundle.KemPreKey = kem.PublicKey;
        bundle.KemPreKeySignature = kem.Signature;
        device.KeysChanged();
    }

    private static bool IsCurrent(UserKeyBundle bundle, CheckedPreKey signed, CheckedPreKey kem) =>
        bundle.SignedPreKeyId == signed.Id && bundle.SignedPreKey.AsSpan().SequenceEqual(signed.PublicKey)
        && bundle.KemPreKeyId == kem.Id && bundle.KemPreKey.AsSpan().SequenceEqual(kem.PublicKey);
}
