using ChatService.Core.Conversations;
using ChatService.Core.Users;
using ChatService.Hub.Realtime;
using Npgsql;
using NpgsqlTypes;

namespace ChatService.Hub.Rooms;

/// <summary>Whose conversations are whose, and who hears them. Membership, and the device where there is one, are part of the statement.</summary>
public sealed class RoomReader(NpgsqlDataSource dataSource)
{
    public async Task<Room?> FindAsync(Guid userId, Guid? deviceId, Guid conversationId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT c.id, c.audience_epoch, c.quiet_audiences, c.last_sequence, p.visible_after, c.blocks <> 0 FROM conversations c
            JOIN conversation_participants p ON p.conversation_id = c.id AND p.chat_user_id = $2
            WHERE c.id = $1 AND ($3 IS NULL OR EXISTS (SELECT FROM devices d WHERE d.id = $3 AND d.chat_user_id = $2 AND d.removed_at IS NULL))
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = conversationId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)deviceId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
    }

    public Task<IReadOnlyList<Room>> ReadAsync(ConnectedDevice device, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        return ReadAsync(device.UserId, device.DeviceId, cancellationToken);
    }

    public async Task<IReadOnlyList<Room>> ReadAsync(Guid userId, Guid? deviceId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT c.id, c.audience_epoch, c.quiet_audiences, c.last_sequence, p.visible_after, c.blocks <> 0
            FROM conversation_participants p JOIN conversations c ON c.id = p.conversation_id
            WHERE p.chat_user_id = $1 AND ($2 IS NULL OR EXISTS (SELECT FROM devices d WHERE d.id = $2 AND d.chat_user_id = $1 AND d.removed_at IS NULL))
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)deviceId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        List<Room> rooms = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rooms.Add(Read(reader));
        }

        return rooms;
    }

    /// <summary>
    /// Has the conversations told to the audience of those who share only this, before anyone joins it: what is committed
    /// from here on is told to it, and what was before, the connection asks for.
    /// </summary>
    public async Task AddQuietAudienceAsync(SharedSignals shared, IReadOnlyCollection<Room> rooms, CancellationToken cancellationToken)
    {
        var bit = Audience.QuietBit(shared);
        if (bit == 0 || rooms.All(room => (room.Audience.Quiet & bit) != 0))
        {
            return;
        }

        await using var command = dataSource.CreateCommand(
            """
            UPDATE conversations SET quiet_audiences = quiet_audiences | $2
            WHERE id IN (SELECT id FROM conversations WHERE id = ANY($1) AND quiet_audiences & $2 = 0 ORDER BY id FOR NO KEY UPDATE)
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. rooms.Select(room => room.ConversationId)] });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = bit });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static Room Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), new ConversationAudience(row.GetInt32(1), row.GetInt32(2)), row.GetInt64(3), row.GetInt64(4), row.GetBoolean(5));
}
