using ChatService.Contracts;
using ChatService.Core.DomainEvents;
using ChatService.Core.Errors;
using ChatService.Core.Keys;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Devices;
using ChatService.Hub.Errors;
using ChatService.Hub.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Keys;

internal static class FetchKeyBundles
{
    public static async Task<Results<Ok<IReadOnlyList<KeyBundle>>, ErrorResult>> HandleAsync(
        Guid userId,
        [FromQuery(Name = Routes.DeviceParameter)] Guid requestingDevice,
        [FromQuery(Name = "target")] Guid[] only,
        CurrentUser caller,
        ChatDbContext db,
        RateLimiter limiter,
        DomainEventDispatcher events,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!await OwnDevice.Of(db, caller.Id, requestingDevice).AnyAsync(cancellationToken))
        {
            throw await OwnDevice.MissingAsync(db, caller.Id, requestingDevice, cancellationToken);
        }

        if (!await SharesConversationAsync(db, caller.Id, userId, cancellationToken))
        {
            throw ChatException.NotFound("user");
        }

        var bundles = await db.Devices.AsNoTracking()
            .Where(device => device.ChatUserId == userId && device.RemovedAt == null && device.Id != requestingDevice)
            .Where(device => only.Length == 0 || only.Contains(device.Id))
            .Join(db.KeyBundles.AsNoTracking(), device => device.Id, bundle => bundle.DeviceId, (_, bundle) => bundle)
            .ToListAsync(cancellationToken);
        var taken = (await OneTimePreKeyPool.TakeAsync(
            db,
            caller.Id,
            requestingDevice,
            [.. bundles.Select(bundle => bundle.DeviceId)],
            limiter,
            time.GetUtcNow().UtcDateTime,
            cancellationToken)).ToDictionary(key => key.DeviceId);

        foreach (var deviceId in taken.Keys)
        {
            var remaining = await db.OneTimePreKeys.CountAsync(key => key.DeviceId == deviceId && !key.IsUsed, cancellationToken);
            if (remaining < Limits.OneTimePreKeysLow)
            {
                await events.DispatchAsync(new OneTimePreKeysLowDomainEvent(userId, deviceId, remaining), cancellationToken);
            }
        }

        return TypedResults.Ok<IReadOnlyList<KeyBundle>>(
            [.. bundles.Select(bundle => ToContract(userId, bundle, taken.GetValueOrDefault(bundle.DeviceId)))]);
    }

    /// <summary>Keys are for those who have something to say to each other; one's own other devices are among them.</summary>
    private static async Task<bool> SharesConversationAsync(
        ChatDbContext db, Guid callerId, Guid userId, CancellationToken cancellationToken) =>
        callerId == userId || await db.Participants
            .Where(mine => mine.ChatUserId == callerId)
            .AnyAsync(
                mine => db.Participants.Any(theirs => theirs.ConversationId == mine.ConversationId && theirs.ChatUserId == userId),
                cancellationToken);

    private static KeyBundle ToContract(Guid userId, UserKeyBundle bundle, TakenOneTimePreKey? oneTime) => new(
        bundle.DeviceId,
        userId,
        Convert.ToBase64String(bundle.IdentityPublicKey),
        (uint)bundle.SignedPreKeyId,
        Convert.ToBase64String(bundle.SignedPreKey),
        Convert.ToBase64String(bundle.SignedPreKeySignature),
        (uint)bundle.KemPreKeyId,
        Convert.ToBase64String(bundle.KemPreKey),
        Convert.ToBase64String(bundle.KemPreKeySignature),
        (uint?)oneTime?.KeyId,
        oneTime is null ? null : Convert.ToBase64String(oneTime.PublicKey));
}
