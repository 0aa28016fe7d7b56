using Npgsql;

namespace ChatService.Hub.CatchUp;

/// <summary>
/// Where to stop in all conversations before going on in any. Two devices have one ratchet for all of their conversations, and it
/// keeps at most 1,000 keys of messages that were overtaken (protocol, section 4): whoever is told one long conversation after the
/// other cannot open what one sender wrote to the last of them. So nobody's messages overtake more than a slice of their others.
/// </summary>
/// <param name="window">Messages looked at in one go, however many were missed.</param>
public sealed class CatchUpOrder(NpgsqlDataSource dataSource, int window = 8_000)
{
    /// <summary>One sending device's messages that may overtake each other. What is committed meanwhile comes on top.</summary>
    public const int Slice = 800;

    private static readonly Dictionary<Guid, long> s_toTheEnd = [];

    /// <summary>
    /// The next slices, for each of them how far each conversation goes; what a slice says nothing of goes to its end. Most absences are
    /// one slice. With what is left after the last of them, it is asked again.
    /// </summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<Guid, long>>> NextAsync(IReadOnlyCollection<Missed> missed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(missed);
        var total = missed.Sum(each => each.Count);
        if (missed.Count < 2 || total <= Slice)
        {
            return [s_toTheEnd];
        }

        // The window has a share of each conversation. Where the first of the shares that leave something ends, the window ends for all.
        // A slice ends where a device's share of it does; a conversation's end in it is before its first message of later.
        await using var command = dataSource.CreateCommand(
            """
            WITH missed AS (SELECT * FROM unnest($1, $2, $3, $4) AS m (id, after, until, leaves)),
            horizon AS (
                SELECT coalesce(min(f.created_at), 'infinity') AS at FROM missed m CROSS JOIN LATERAL (
                    SELECT created_at FROM messages WHERE conversation_id = m.id AND sequence >= m.until ORDER BY sequence LIMIT 1) f
                WHERE m.leaves),
            written AS (
                SELECT w.created_at, row_number() OVER (PARTITION BY w.sender_device_id ORDER BY w.created_at) AS number
                FROM horizon h CROSS JOIN missed m JOIN messages w
                ON w.conversation_id = m.id AND w.sequence > m.after AND w.sequence <= m.until AND w.created_at <= h.at
                WHERE w.sender_device_id IS NOT NULL),
            ends AS (SELECT created_at FROM written WHERE number % $5 = 0 UNION SELECT at FROM horizon WHERE at < 'infinity')
            SELECT e.created_at, m.id, coalesce(later.sequence - 1, m.until)
            FROM ends e CROSS JOIN missed m LEFT JOIN LATERAL (
                SELECT sequence FROM messages
                WHERE conversation_id = m.id AND sequence > m.after AND sequence <= m.until AND created_at > e.created_at
                ORDER BY sequence LIMIT 1) later ON true
            ORDER BY e.created_at
            """);
        var ends = missed.Select(each => each.After + Math.Clamp(each.Count * window / total, 1, each.Count)).ToArray();
        var leaves = missed.Zip(ends, (each, end) => end < each.Room.LastSequence).ToArray();
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. missed.Select(each => each.Room.ConversationId)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. missed.Select(each => each.After)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = ends });
        command.Parameters.Add(new NpgsqlParameter<bool[]> { TypedValue = leaves });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Slice });

        List<IReadOnlyDictionary<Guid, long>> slices = [];
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            DateTime? last = null;
            Dictionary<Guid, long> slice = [];
            while (await reader.ReadAsync(cancellationToken))
            {
                if (last != reader.GetDateTime(0))
                {
                    last = reader.GetDateTime(0);
                    slices.Add(slice = []);
                }

                slice[reader.GetGuid(1)] = reader.GetInt64(2);
            }
        }

        if (!leaves.Contains(true) || slices.Count == 0)
        {
            // Everything was in the window, or all that the shares left has disappeared.
            slices.Add(s_toTheEnd);
        }
        else if (missed.All(each => slices[^1][each.Room.ConversationId] <= each.After))
        {
            // A commit that waited for another's lock is of an earlier time at a later place, which may end a window before it begins.
            slices.Add(missed.Zip(ends).ToDictionary(pair => pair.First.Room.ConversationId, pair => pair.Second));
        }

        return slices;
    }
}
