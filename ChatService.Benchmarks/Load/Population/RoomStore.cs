using ChatService.Contracts;
using Npgsql;

namespace ChatService.Benchmarks.Load.Population;

/// <summary>Puts users, devices and conversations straight into the tables: what is measured comes after.</summary>
internal sealed class RoomStore(NpgsqlDataSource database)
{
    public async Task AddAsync(IReadOnlyList<LoadRoom> rooms, CancellationToken cancellationToken)
    {
        var members = rooms.SelectMany(room => room.Members.Select(member => (Room: room, Member: member))).ToList();
        await ExecuteAsync(
            """
            INSERT INTO chat_users (id, identity_user_id, handle, display_name, status, last_seen_at, created_at, is_assistant)
            SELECT id, replace(id::text, '-', ''), 'u' || right(replace(id::text, '-', ''), 24), 'Load', 0, now(), now(), false FROM unnest($1::uuid[]) AS id
            """,
            cancellationToken,
            Ids(members.Select(entry => entry.Member.UserId)));
        await ExecuteAsync(
            """
            INSERT INTO devices (id, chat_user_id, name, created_at, last_seen_at)
            SELECT id, chat_user_id, 'Load', now(), now() FROM unnest($1::uuid[], $2::uuid[]) AS d (id, chat_user_id)
            """,
            cancellationToken,
            Ids(members.Select(entry => entry.Member.DeviceId)),
            Ids(members.Select(entry => entry.Member.UserId)));
        await ExecuteAsync(
            """
            INSERT INTO conversations (id, type, creator_id, created_at, last_activity_at, last_sequence, membership_version, audience_epoch)
            SELECT id, $3, creator_id, now(), now(), 0, 1, 1 FROM unnest($1::uuid[], $2::uuid[]) AS c (id, creator_id)
            """,
            cancellationToken,
            Ids(rooms.Select(room => room.Id)),
            Ids(rooms.Select(room => room.Members[0].UserId)),
            new NpgsqlParameter<int> { TypedValue = (int)ConversationType.Group });
        await ExecuteAsync(
            """
            INSERT INTO conversation_participants (conversation_id, chat_user_id, role, joined_at, visible_after, delivered_sequence, read_sequence)
            SELECT conversation_id, chat_user_id, 0, now(), 0, 0, 0 FROM unnest($1::uuid[], $2::uuid[]) AS p (conversation_id, chat_user_id)
            """,
            cancellationToken,
            Ids(members.Select(entry => entry.Room.Id)),
            Ids(members.Select(entry => entry.Member.UserId)));
    }

    /// <summary>Gives the conversation a past.</summary>
    public async Task FillAsync(LoadRoom room, int messages, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            """
            INSERT INTO messages (conversation_id, sequence, id, sender_id, sender_device_id, encrypted_content, nonce, auth_tag, type, created_at)
            SELECT $1, n, gen_random_uuid(), $2, $3, $4, decode(repeat('00', 12), 'hex'), decode(repeat('00', 16), 'hex'), 0, now()
            FROM generate_series(1, $5) AS n
            """,
            cancellationToken,
            new NpgsqlParameter<Guid> { TypedValue = room.Id },
            new NpgsqlParameter<Guid> { TypedValue = room.Members[0].UserId },
            new NpgsqlParameter<Guid> { TypedValue = room.Members[0].DeviceId },
            new NpgsqlParameter<byte[]> { TypedValue = new Envelope(room, room.Members[0]).Template },
            new NpgsqlParameter<int> { TypedValue = messages });
        await ExecuteAsync(
            "UPDATE conversations SET last_sequence = $2 WHERE id = $1",
            cancellationToken,
            new NpgsqlParameter<Guid> { TypedValue = room.Id },
            new NpgsqlParameter<long> { TypedValue = messages });
        await ExecuteAsync("VACUUM ANALYZE messages", cancellationToken);
    }

    /// <summary>So that no window pays for the writes of the one before.</summary>
    public Task CheckpointAsync(CancellationToken cancellationToken) => ExecuteAsync("CHECKPOINT", cancellationToken);

    private static NpgsqlParameter<Guid[]> Ids(IEnumerable<Guid> ids) => new() { TypedValue = [.. ids] };

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
