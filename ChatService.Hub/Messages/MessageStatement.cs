using ChatService.Contracts;
using Npgsql;

namespace ChatService.Hub.Messages;

/// <summary>
/// Stores a batch of messages in one round trip and one transaction. The first statement locks the conversations, in the
/// order of their ids, and takes a sequence for each message. So the second, which then has its own snapshot, sees every
/// membership change and every message that came before, and authorises in the same breath in which it stores: the version
/// whose delivery list names the sending device is still the conversation's, and every change of members or devices moves
/// it. What is refused gets no sequence: those behind it move up, and the sequences left over are given back.
/// </summary>
internal static class MessageStatement
{
    private const string Reserve =
        """
        UPDATE conversations c SET last_sequence = c.last_sequence + i.count, last_activity_at = now()
        FROM unnest($1::uuid[], $2::bigint[]) AS i (id, count)
        WHERE c.id = i.id
        """;

    // A row has so many of its conversation's messages behind it in the batch.
    private const string Store =
        """
        WITH judged AS MATERIALIZED (
            SELECT i.*, c.last_sequence, c.audience_epoch, c.quiet_audiences, c.timer_seconds,
                   c.membership_version IS NOT DISTINCT FROM i.version AS is_current,
                   m.sequence AS known_sequence, m.created_at AS known_at,
                   m.sender_device_id IS NOT DISTINCT FROM i.device_id AS is_same_device
            FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::bytea[], $7::bytea[], $8::bytea[], $9::smallint[], $10::bigint[])
            WITH ORDINALITY AS i (id, conversation_id, sender_id, device_id, version, content, nonce, tag, type, behind, ordinal)
            LEFT JOIN conversations c ON c.id = i.conversation_id
            LEFT JOIN messages m ON m.conversation_id = i.conversation_id AND m.id = i.id
        ), refused AS MATERIALIZED (
            SELECT conversation_id, behind FROM judged
            WHERE last_sequence IS NOT NULL AND NOT (is_current AND known_sequence IS NULL)
        ), given_back AS (
            UPDATE conversations c SET last_sequence = c.last_sequence - r.count
            FROM (SELECT conversation_id, count(*) AS count FROM refused GROUP BY conversation_id) r
            WHERE c.id = r.conversation_id
        ), placed AS NOT MATERIALIZED (
            SELECT j.*, j.last_sequence - j.behind
                   - (SELECT count(*) FROM refused r WHERE r.conversation_id = j.conversation_id AND r.behind > j.behind) AS sequence
            FROM judged j
        ), stored AS (
            INSERT INTO messages (conversation_id, sequence, id, sender_id, sender_device_id, encrypted_content, nonce, auth_tag, type, created_at, expires_at)
            SELECT conversation_id, sequence, id, sender_id, device_id, content, nonce, tag, type, now(), now() + make_interval(secs => timer_seconds)
            FROM placed
            WHERE is_current AND known_sequence IS NULL
        )
        SELECT is_current, known_sequence, known_at, is_same_device, sequence, now(), audience_epoch, quiet_audiences
        FROM placed
        ORDER BY ordinal
        """;

    /// <summary>
    /// The plan is kept, so it must be right for a table of any size: one row after the other, looked up by index, never a scan.
    /// </summary>
    public const string Session =
        "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_mergejoin = off; SET enable_hashjoin = off; SET jit = off";

    public static async Task<MessageOutcome[]> ExecuteAsync(
        NpgsqlConnection connection, IReadOnlyList<PendingMessage> messages, CancellationToken cancellationToken)
    {
        var places = new MessagePlaces(messages);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(Reserve) { Parameters = { Parameter(places.Conversations), Parameter(places.Counts) } },
                new(Store)
                {
                    Parameters =
                    {
                        Parameter(Column(messages, message => message.Id)),
                        Parameter(Column(messages, message => message.ConversationId)),
                        Parameter(Column(messages, message => message.SenderId)),
                        Parameter(Column(messages, message => message.SenderDeviceId)),
                        Parameter(Column(messages, message => message.MembershipVersion)),
                        Parameter(Column(messages, message => message.EncryptedContent)),
                        Parameter(Column(messages, message => message.Nonce)),
                        Parameter(Column(messages, message => message.AuthTag)),
                        Parameter(Column(messages, message => (short)message.Type)),
                        Parameter(places.Behind),
                    },
                },
            },
        };

        var outcomes = new MessageOutcome[messages.Count];
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        for (var i = 0; await reader.ReadAsync(cancellationToken); i++)
        {
            outcomes[i] = Read(reader, messages[i]);
        }

        return outcomes;
    }

    private static MessageOutcome Read(NpgsqlDataReader reader, PendingMessage message)
    {
        if (!reader.GetBoolean(0))
        {
            return new(MessageVerdict.Stale, null, default);
        }

        if (!reader.IsDBNull(1))
        {
            return reader.GetBoolean(3)
                ? new(MessageVerdict.AlreadyStored, Receipt(message, reader.GetInt64(1), reader.GetDateTime(2)), default)
                : new(MessageVerdict.IdTaken, null, default);
        }

        return new(MessageVerdict.Stored, Receipt(message, reader.GetInt64(4), reader.GetDateTime(5)), new(reader.GetInt32(6), reader.GetInt32(7)));
    }

    private static MessageReceipt Receipt(PendingMessage message, long sequence, DateTime createdAt) =>
        new(message.Id, message.ConversationId, sequence, createdAt);

    private static T[] Column<T>(IReadOnlyList<PendingMessage> messages, Func<PendingMessage, T> select)
    {
        var column = new T[messages.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = select(messages[i]);
        }

        return column;
    }

    private static NpgsqlParameter<T[]> Parameter<T>(T[] values) => new() { TypedValue = values };
}
