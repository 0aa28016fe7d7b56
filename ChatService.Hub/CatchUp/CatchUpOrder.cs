using Npgsql;

namespace ChatService.Hub.CatchUp;

/// <summary>
/// Where to stop in all conversations before going on in any. Two devices have one ratchet for all of their conversations, and it
/// keeps at most 1,000 keys of messages that were overtaken (protocol, section 4): whoever is told one long conversation after the
/// other cannot open what one sender wrote to the last of them. So nobody's messages overtake more than a slice of their others.
/// </summary>
public sealed class CatchUpOrder(NpgsqlDataSource dataSource)
{
    /// <summary>One sending device's messages that may overtake each other. What is committed meanwhile comes on top.</summary>
    private const int Slice = 800;

    /// <summary>For each slice how far each conversation goes; what it says nothing of goes to its end. Most absences are one slice.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<Guid, long>>> SlicesAsync(IReadOnlyCollection<Missed> missed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(missed);
        if (missed.Count < 2 || missed.Sum(each => each.Count) <= Slice)
        {
            return [];
        }

        // A slice ends where a device's share of it does; a conversation's end in it is before its first message of later.
        await using var command = dataSource.CreateCommand(
            """
            WITH missed AS (SELECT * FROM unnest($1, $2, $3) AS m (id, after, until)),
            written AS (
                SELECT w.created_at, row_number() OVER (PARTITION BY w.sender_device_id ORDER BY w.created_at) AS number
                FROM missed m JOIN messages w ON w.conversation_id = m.id AND w.sequence > m.after AND w.sequence <= m.until
                WHERE w.sender_device_id IS NOT NULL),
            ends AS (SELECT DISTINCT created_at FROM written WHERE number % $4 = 0)
            SELECT e.created_at, m.id, later.sequence - 1
            FROM ends e CROSS JOIN missed m CROSS JOIN LATERAL (
                SELECT sequence FROM messages
                WHERE conversation_id = m.id AND sequence > m.after AND sequence <= m.until AND created_at > e.created_at
                ORDER BY sequence LIMIT 1) later
            ORDER BY e.created_at
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. missed.Select(each => each.Room.ConversationId)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. missed.Select(each => each.After)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. missed.Select(each => each.Room.LastSequence)] });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Slice });

        List<Dictionary<Guid, long>> slices = [];
        DateTime? end = null;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (end != reader.GetDateTime(0))
            {
                end = reader.GetDateTime(0);
                slices.Add([]);
            }

            slices[^1][reader.GetGuid(1)] = reader.GetInt64(2);
        }

        return slices;
    }
}
