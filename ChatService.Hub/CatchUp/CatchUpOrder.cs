using Npgsql;

namespace ChatService.Hub.CatchUp;

/// <summary>
/// How far to go in each conversation before going on in the others. Two devices have one ratchet for all of their conversations, and
/// it keeps at most 1,000 keys of messages that were overtaken (protocol, section 4): whoever was told one long conversation
/// after the other could not open what comes last. So much is told roughly in the order in which it was written.
/// </summary>
public sealed class CatchUpOrder(NpgsqlDataSource dataSource)
{
    /// <summary>Messages of all conversations together that may overtake each other.</summary>
    private const int Slice = 400;

    /// <summary>The sequence up to which each conversation is to be told now.</summary>
    public async Task<IReadOnlyDictionary<Guid, long>> NextAsync(IReadOnlyCollection<Missed> missed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(missed);
        var total = missed.Sum(each => each.Count);
        if (total <= Slice)
        {
            return missed.ToDictionary(each => each.Room.ConversationId, each => each.Room.LastSequence);
        }

        // Each conversation's share ends somewhere in time; the earliest end of a share that leaves something is everyone's.
        await using var command = dataSource.CreateCommand(
            """
            WITH missed AS (SELECT * FROM unnest($1, $2, $3, $4) AS m (id, after, until, leaves)),
            horizon AS (
                SELECT min(f.created_at) AS at FROM missed CROSS JOIN LATERAL (
                    SELECT created_at FROM messages WHERE conversation_id = missed.id AND sequence >= missed.until ORDER BY sequence LIMIT 1) f
                WHERE missed.leaves)
            SELECT missed.id, coalesce(min(l.sequence) - 1, missed.until) FROM missed CROSS JOIN horizon LEFT JOIN LATERAL (
                SELECT sequence FROM messages
                WHERE conversation_id = missed.id AND sequence > missed.after AND sequence <= missed.until AND created_at > horizon.at
                ORDER BY sequence LIMIT 1) l ON true
            GROUP BY missed.id, missed.until
            """);
        var shares = missed.Select(each => each.After + Math.Clamp(each.Count * Slice / total, 1, each.Count)).ToArray();
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. missed.Select(each => each.Room.ConversationId)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. missed.Select(each => each.After)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = shares });
        command.Parameters.Add(new NpgsqlParameter<bool[]> { TypedValue = [.. missed.Zip(shares, (each, until) => until < each.Room.LastSequence)] });
        Dictionary<Guid, long> next = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            next[reader.GetGuid(0)] = reader.GetInt64(1);
        }

        return next;
    }
}
