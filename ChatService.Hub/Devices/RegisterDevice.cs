using System.Security.Claims;
using ChatService.Contracts;
using ChatService.Core.Devices;
using ChatService.Core.Errors;
using ChatService.Core.Keys;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Devices;

internal static class RegisterDevice
{
    public static async Task<Results<Ok<RegisterDeviceResponse>, ErrorResult>> HandleAsync(
        Guid deviceId, RegisterDeviceRequest request, CurrentUser caller, ClaimsPrincipal principal, ChatDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var upload = DeviceUpload.Check(deviceId, request, time.GetUtcNow().UtcDateTime);
        try
        {
            var positions = await db.InTransactionAsync(token => RegisterAsync(db, caller.Id, upload, SignInSession.Of(principal).Id, token), cancellationToken);
            return TypedResults.Ok(new RegisterDeviceResponse(deviceId, positions));
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return IdTaken().Error.ToResult();
        }
    }

    private static async Task<IReadOnlyList<ConversationPosition>> RegisterAsync(
        ChatDbContext db, Guid userId, DeviceUpload upload, string? sessionId, CancellationToken cancellationToken)
    {
        await OwnDevice.LockUserAsync(db, userId, cancellationToken);
        if (await db.Devices.AsNoTracking().FirstOrDefaultAsync(device => device.Id == upload.DeviceId, cancellationToken) is { } existing)
        {
            return await RepeatAsync(db, userId, existing, upload, cancellationToken);
        }

        var known = await db.Devices.Where(device => device.ChatUserId == userId)
            .GroupBy(device => device.RemovedAt == null)
            .Select(group => new { IsActive = group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken);
        if (known.Where(group => group.IsActive).Sum(group => group.Count) >= Limits.DevicesPerUser)
        {
            throw new ChatException(ErrorCodes.LimitReached, $"You have {Limits.DevicesPerUser} devices already: remove one first.");
        }

        await DeviceListChange.LockAsync(db, userId, cancellationToken);
        // A full conversation is no reason to refuse: whoever adds people to groups could lock them out of their account with it.
        var device = Device.Register(upload.DeviceId, userId, upload.Name, upload.At);
        db.Devices.Add(device);
        if (sessionId is not null)
        {
            db.DeviceSessions.Add(new DeviceSession { DeviceId = device.Id, SessionId = sessionId });
        }

        db.KeyBundles.Add(upload.ToBundle());
        db.OneTimePreKeys.AddRange(upload.OneTimePreKeys);

        // A user's very first device is no news to anyone: nobody holds keys of theirs to compare it with.
        var affected = await DeviceListChange.ApplyAsync(
            db, device, SystemEventKind.DeviceAdded, visible: known.Count > 0, upload.At, cancellationToken);
        return [.. affected.Select(conversation => new ConversationPosition(conversation.Id, conversation.LastSequence))];
    }

    private static async Task<IReadOnlyList<ConversationPosition>> RepeatAsync(
        ChatDbContext db, Guid userId, Device existing, DeviceUpload upload, CancellationToken cancellationToken)
    {
        var sameKeys = await db.KeyBundles.AnyAsync(
            bundle => bundle.DeviceId == existing.Id && bundle.IdentityPublicKey == upload.IdentityPublicKey, cancellationToken);
        if (existing.ChatUserId != userId || existing.RemovedAt is not null || !sameKeys)
        {
            throw IdTaken();
        }

        // As it stood then, not now: what came since is sealed to this device.
        return await db.Database.SqlQuery<ConversationPosition>(
            $"""
            SELECT p.conversation_id, COALESCE((
                SELECT m.sequence FROM messages m
                WHERE m.conversation_id = p.conversation_id AND m.created_at <= {existing.CreatedAt}
                ORDER BY m.sequence DESC LIMIT 1), 0) AS sequence
            FROM conversation_participants p WHERE p.chat_user_id = {userId}
            """).ToListAsync(cancellationToken);
    }

    private static ChatException IdTaken() =>
        new(ErrorCodes.Conflict, "This device id is taken: make new keys under a new id and register those.");
}
