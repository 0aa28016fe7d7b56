using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Core.Errors;
using ChatService.Core.Users;
using ChatService.Hub.Realtime;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Hub.Rooms;

/// <summary>Puts connections into the audiences of their user's conversations, as PostgreSQL has them at this moment.</summary>
public sealed class RoomMembership(RoomReader reader, IServiceProvider services)
{
    // The hub context is asked for late: its lifetime manager connects to Redis.
    private IHubContext<ChatHub, IChatHubClient> Hub => services.GetRequiredService<IHubContext<ChatHub, IChatHubClient>>();

    public async Task JoinAllAsync(ConnectedDevice device, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        await Hub.Groups.AddToGroupAsync(device.ConnectionId, Audience.OfUser(device.UserId), cancellationToken);
        await Hub.Groups.AddToGroupAsync(device.ConnectionId, Audience.OfDevice(device.DeviceId), cancellationToken);
        await MoveAsync(device, await reader.ReadAsync(device, cancellationToken), cancellationToken);
    }

    /// <summary>Joins what is new and leaves what is old. Repeating it costs nothing.</summary>
    public async Task MoveAsync(ConnectedDevice device, IReadOnlyCollection<Room> current, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(current);
        await device.Moving.WaitAsync(cancellationToken);
        try
        {
            Room[] wanted = [.. current.Where(room => !device.Left.ContainsKey(room.ConversationId))];
            await reader.AddQuietAudienceAsync(device.Shared, wanted, cancellationToken);
            foreach (var room in wanted)
            {
                await JoinAsync(device, room, cancellationToken);
            }

            foreach (var gone in device.Rooms.Keys.Except(current.Select(room => room.ConversationId)))
            {
                await LeaveNowAsync(device, gone, cancellationToken);
            }
        }
        finally
        {
            device.Moving.Release();
        }
    }

    /// <summary>
    /// The user shares something else than before: the connection goes where that is heard. What was said between its
    /// leaving and its arrival it has to ask for.
    /// </summary>
    public async Task ResettleAsync(ConnectedDevice device, SharedSignals shared, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device.Shared != shared)
        {
            device.Shared = shared;
            await JoinAllAsync(device, cancellationToken);
            await Hub.Clients.Client(device.ConnectionId).BackplaneChanged(services.GetRequiredService<BackplaneMonitor>().IsAvailable);
        }
    }

    /// <exception cref="ChatException">not_found.</exception>
    public async Task JoinOneAsync(ConnectedDevice device, Guid conversationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        var room = await FindAsync(device, conversationId, cancellationToken) ?? throw ChatException.NotFound("conversation");
        device.Left.TryRemove(conversationId, out _);
        await device.Moving.WaitAsync(cancellationToken);
        try
        {
            await reader.AddQuietAudienceAsync(device.Shared, [room], cancellationToken);
            await JoinAsync(device, room, cancellationToken);
        }
        finally
        {
            device.Moving.Release();
        }
    }

    public async Task LeaveAsync(ConnectedDevice device, Guid conversationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        await device.Moving.WaitAsync(cancellationToken);
        try
        {
            await LeaveNowAsync(device, conversationId, cancellationToken);
        }
        finally
        {
            device.Moving.Release();
        }
    }

    /// <summary>A conversation for a member's device; null for anyone else, and for a device that was removed.</summary>
    public Task<Room?> FindAsync(ConnectedDevice device, Guid conversationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        return reader.FindAsync(device.UserId, device.DeviceId, conversationId, cancellationToken);
    }

    /// <summary>The rooms that a device may hear: none once it is removed.</summary>
    public Task<IReadOnlyList<Room>> ReadAsync(ConnectedDevice device, CancellationToken cancellationToken) =>
        reader.ReadAsync(device, cancellationToken);

    public Task<IReadOnlyList<Room>> ReadAsync(Guid userId, CancellationToken cancellationToken) =>
        reader.ReadAsync(userId, null, cancellationToken);

    private async Task LeaveNowAsync(ConnectedDevice device, Guid conversationId, CancellationToken cancellationToken)
    {
        if (device.Rooms.TryRemove(conversationId, out var joined))
        {
            await Hub.Groups.RemoveFromGroupAsync(device.ConnectionId, Audience.Of(conversationId, joined.Epoch, joined.Shared), cancellationToken);
        }
    }

    private async Task JoinAsync(ConnectedDevice device, Room room, CancellationToken cancellationToken)
    {
        var shared = device.Shared;
        if (device.Rooms.TryGetValue(room.ConversationId, out var joined))
        {
            if (joined.Epoch > room.Audience.Epoch || (joined.Epoch == room.Audience.Epoch && joined.Shared == shared))
            {
                return;
            }

            await LeaveNowAsync(device, room.ConversationId, cancellationToken);
        }

        await Hub.Groups.AddToGroupAsync(device.ConnectionId, Audience.Of(room.ConversationId, room.Audience.Epoch, shared), cancellationToken);
        device.Rooms[room.ConversationId] = new JoinedAudience(room.Audience.Epoch, shared);
    }
}
