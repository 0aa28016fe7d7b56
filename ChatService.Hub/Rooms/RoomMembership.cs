using ChatService.Core.Errors;
using ChatService.Hub.Realtime;
using Microsoft.AspNetCore.SignalR;
using Npgsql;
using NpgsqlTypes;

namespace ChatService.Hub.Rooms;

/// <summary>Puts connections into the audiences of their user's conversations, as PostgreSQL has them at this moment.</summary>
public sealed class RoomMembership(NpgsqlDataSource dataSource, IServiceProvider services)
{
    // The hub context is asked for late: its lifetime manager connects to Redis.
    private IGroupManager Groups => services.GetRequiredService<IHubContext<ChatHub>>().Groups;

    public async Task JoinAllAsync(ConnectedDevice device, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        await Groups.AddToGroupAsync(device.ConnectionId, Audience.OfUser(device.UserId), cancellationToken);
        await Groups.AddToGroupAsync(device.ConnectionId, Audience.OfDevice(device.DeviceId), cancellationToken);
        var current = await ReadAsync(device, cancellationToken);
        await MoveAsync(device, current, cancellationToken);
    }

    /// <summary>Joins what is new and leaves what is old. Repeating it costs nothing.</summary>
    public async Task MoveAsync(ConnectedDevice device, IReadOnlyCollection<Room> current, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(current);
        foreach (var room in current.Where(room => !device.Left.ContainsKey(room.ConversationId)))
        {
            await JoinAsync(device, room, cancellationToken);
        }

        foreach (var gone in device.Rooms.Keys.Except(current.Select(room => room.ConversationId)))
        {
            await LeaveAsync(device, gone, cancellationToken);
        }
    }

    /// <exception cref="ChatException">not_found.</exception>
    public async Task JoinOneAsync(ConnectedDevice device, Guid conversationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        var epoch = await EpochAsync(device, conversationId, cancellationToken) ?? throw ChatException.NotFound("conversation");
        device.Left.TryRemove(conversationId, out _);
        await JoinAsync(device, new Room(conversationId, epoch, 0, 0), cancellationToken);
    }

    public async Task LeaveAsync(ConnectedDevice device, Guid conversationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device.Rooms.TryRemove(conversationId, out var epoch))
        {
            await Groups.RemoveFromGroupAsync(device.ConnectionId, Audience.Of(conversationId, epoch), cancellationToken);
        }
    }

    /// <summary>The audience's epoch for a member's device; null for anyone else, and for a device that was removed.</summary>
    public Task<int?> EpochAsync(ConnectedDevice device, Guid conversationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        return EpochAsync(device.UserId, device.DeviceId, conversationId, cancellationToken);
    }

    /// <summary>The audience's epoch for a member; null for anyone else.</summary>
    public Task<int?> EpochAsync(Guid userId, Guid conversationId, CancellationToken cancellationToken) =>
        EpochAsync(userId, null, conversationId, cancellationToken);

    /// <summary>The rooms that a device may hear: none once it is removed.</summary>
    public Task<IReadOnlyList<Room>> ReadAsync(ConnectedDevice device, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        return ReadAsync(device.UserId, device.DeviceId, cancellationToken);
    }

    public Task<IReadOnlyList<Room>> ReadAsync(Guid userId, CancellationToken cancellationToken) => ReadAsync(userId, null, cancellationToken);

    private async Task<int?> EpochAsync(Guid userId, Guid? deviceId, Guid conversationId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT c.audience_epoch FROM conversations c
            JOIN conversation_participants p ON p.conversation_id = c.id AND p.chat_user_id = $2
            WHERE c.id = $1 AND ($3 IS NULL OR EXISTS (SELECT FROM devices d WHERE d.id = $3 AND d.chat_user_id = $2 AND d.removed_at IS NULL))
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = conversationId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)deviceId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        return (int?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<Room>> ReadAsync(Guid userId, Guid? deviceId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT c.id, c.audience_epoch, c.last_sequence, p.visible_after
            FROM conversation_participants p JOIN conversations c ON c.id = p.conversation_id
            WHERE p.chat_user_id = $1 AND ($2 IS NULL OR EXISTS (SELECT FROM devices d WHERE d.id = $2 AND d.chat_user_id = $1 AND d.removed_at IS NULL))
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)deviceId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        List<Room> rooms = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rooms.Add(new Room(reader.GetGuid(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetInt64(3)));
        }

        return rooms;
    }

    private async Task JoinAsync(ConnectedDevice device, Room room, CancellationToken cancellationToken)
    {
        if (device.Rooms.TryGetValue(room.ConversationId, out var joined))
        {
            if (joined >= room.Epoch)
            {
                return;
            }

            await LeaveAsync(device, room.ConversationId, cancellationToken);
        }

        await Groups.AddToGroupAsync(device.ConnectionId, Audience.Of(room.ConversationId, room.Epoch), cancellationToken);
        device.Rooms[room.ConversationId] = room.Epoch;
    }
}
