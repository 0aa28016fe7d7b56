using ChatService.Contracts;
using ChatService.Core.DomainEvents;
using ChatService.Core.Errors;
using ChatService.Hub.Accounts;
using ChatService.Hub.Assistant;
using ChatService.Hub.CatchUp;
using ChatService.Hub.Draining;
using ChatService.Hub.Messages;
using ChatService.Hub.Presence;
using ChatService.Hub.RateLimiting;
using ChatService.Hub.Realtime;
using ChatService.Hub.Receipts;
using ChatService.Hub.Rooms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Hub;

/// <summary>The live end of the chat. This file has the life of a connection; each feature's folder has its methods.</summary>
[Authorize]
public sealed partial class ChatHub(
    ChatUserResolver users,
    DeviceAdmission admission,
    RevokedAccess revoked,
    LocalConnections connections,
    RoomMembership rooms,
    RateLimiter limiter,
    MessageSubmission submission,
    ReceiptWriter receipts,
    CatchUpReader catchUp,
    PresenceLeases presence,
    PresenceReader presenceReader,
    BackplaneMonitor backplane,
    AnswerStreams answers,
    AnswerRelay answerRelay,
    AnswerQueries answerQueries,
    DomainEventDispatcher dispatcher,
    DrainingLifetime draining,
    TimeProvider time) : Hub<IChatHubClient>, IChatHub
{
    private ConnectedDevice Device =>
        Context.Items[typeof(ConnectedDevice)] as ConnectedDevice
        ?? throw new ChatException(ErrorCodes.DeviceUnknown, "This connection belongs to no device.");

    public override async Task OnConnectedAsync()
    {
        var cancellationToken = Context.ConnectionAborted;
        var userId = await users.ResolveAsync(Context.User!, cancellationToken);
        if (limiter.TryTake(RateLimits.Connections, ConnectedDevice.KeyOf(userId)) is { } tooMany)
        {
            throw new ChatException(tooMany);
        }

        var deviceText = Context.GetHttpContext()?.Request.Query[Routes.DeviceParameter].ToString();
        if (!Guid.TryParse(deviceText, out var deviceId))
        {
            throw new ChatException(ErrorCodes.DeviceUnknown, $"Connect with ?{Routes.DeviceParameter}=<your device's id>.");
        }

        var session = SignInSession.Of(Context.User!);
        var admitted = await admission.AdmitAsync(userId, deviceId, session.Id, cancellationToken);
        var device = new ConnectedDevice(Context, userId, deviceId, session) { ConnectedAt = time.GetUtcNow().UtcDateTime, Shared = admitted.Shared };
        Context.Items[typeof(ConnectedDevice)] = device;
        if (!connections.TryAdd(device, Limits.ConnectionsPerUser))
        {
            throw new ChatException(ErrorCodes.LimitReached, $"A user has at most {Limits.ConnectionsPerUser} connections to a server: close one of them.");
        }

        try
        {
            // From here on whoever revokes ends this connection; what was revoked a moment ago is looked up.
            if (revoked.Find(session) is { } reason)
            {
                throw new ChatException(reason.ToError());
            }

            await rooms.JoinAllAsync(device, cancellationToken);
            await presence.RenewAsync(device);
            await AskForUpkeepAsync(admitted);
            if (draining.HasGivenNotice)
            {
                await Clients.Caller.ServerDraining(draining.ReconnectWithinMs);
            }
        }
        catch
        {
            // There is no OnDisconnectedAsync for a connection that was refused.
            connections.Remove(Context.ConnectionId);
            throw;
        }
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (connections.Remove(Context.ConnectionId) is { } device)
        {
            await presence.LetGoAsync(device);
        }
    }

    private async Task AskForUpkeepAsync(DeviceAdmission.Admitted admitted)
    {
        if (!backplane.IsAvailable)
        {
            await Clients.Caller.BackplaneChanged(false);
        }

        if (admitted.IsRotationDue)
        {
            await Clients.Caller.RotateSignedPreKey();
        }

        if (admitted.OneTimePreKeys < Limits.OneTimePreKeysLow)
        {
            await Clients.Caller.OneTimePreKeysLow(admitted.OneTimePreKeys);
        }
    }

    private void Limit(RateLimit limit, ConnectedDevice device, int tokens = 1)
    {
        if (limiter.TryTake(limit, device.LimitKey, tokens) is { } error)
        {
            throw new ChatException(error);
        }
    }
}
