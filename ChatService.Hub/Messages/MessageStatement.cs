using ChatService.Contracts;
using Npgsql;

namespace ChatService.Hub.Messages;

/// <summary>
/// Stores a batch of messages in one round trip and one transaction. The first statement locks the conversations, in the
/// order of their ids, so the second, which then takes its own snapshot, sees every membership change and every message
/// that came before: it checks membership, device and version in the same breath in which it assigns sequences.
/// </summary>
internal static class MessageStatement
{
    private const string Lock =
        "SELECT FROM conversations WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE";

    private const string Store =
        """
        WITH input AS MATERIALIZED (
            SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::bytea[], $7::bytea[], $8::bytea[], $9::smallint[])
            WITH ORDINALITY AS i (id, conversation_id, sender_id, device_id, version, content, nonce, tag, type, ordinal)
        ), judged AS MATERIALIZED (
            SELECT i.ordinal, i.conversation_id, c.last_sequence, c.audience_epoch, c.quiet_audiences, c.timer_seconds,
                   c.membership_version = i.version AS is_current,
                   p.chat_user_id IS NOT NULL AND d.id IS NOT NULL AS is_allowed,
                   m.sequence AS known_sequence, m.created_at AS known_at,
                   m.sender_device_id IS NOT DISTINCT FROM i.device_id AS is_same_device
            FROM input i
            LEFT JOIN conversations c ON c.id = i.conversation_id
            LEFT JOIN conversation_participants p ON p.conversation_id = i.conversation_id AND p.chat_user_id = i.sender_id
            LEFT JOIN devices d ON d.id = i.device_id AND d.chat_user_id = i.sender_id AND d.removed_at IS NULL
            LEFT JOIN messages m ON m.conversation_id = i.conversation_id AND m.id = i.id
        ), accepted AS MATERIALIZED (
            SELECT ordinal, conversation_id, timer_seconds,
                   last_sequence + row_number() OVER (PARTITION BY conversation_id ORDER BY ordinal) AS sequence
            FROM judged
            WHERE is_allowed AND is_current AND known_sequence IS NULL
        ), advanced AS (
            UPDATE conversations c SET last_sequence = a.last_sequence, last_activity_at = now()
            FROM (SELECT conversation_id, max(sequence) AS last_sequence FROM accepted GROUP BY conversation_id) a
            WHERE c.id = a.conversation_id
        ), stored AS (
            INSERT INTO messages (conversation_id, sequence, id, sender_id, sender_device_id, encrypted_content, nonce, auth_tag, type, created_at, expires_at)
            SELECT a.conversation_id, a.sequence, i.id, i.sender_id, i.device_id, i.content, i.nonce, i.tag, i.type, now(), now() + make_interval(secs => a.timer_seconds)
            FROM accepted a JOIN input i ON i.ordinal = a.ordinal
        )
        SELECT j.is_allowed, j.is_current, j.known_sequence, j.known_at, j.is_same_device, j.audience_epoch, a.sequence, now(), j.quiet_audiences
        FROM judged j LEFT JOIN accepted a ON a.ordinal = j.ordinal
        ORDER BY j.ordinal
        """;

    /// <summary>
    /// The plan is kept, so it must be right for a table of any size: look up by index, never scan.
    /// </summary>
    public const string Session =
        "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_mergejoin = off; SET jit = off";

    public static async Task<MessageOutcome[]> ExecuteAsync(
        NpgsqlConnection connection, IReadOnlyList<PendingMessage> messages, CancellationToken cancellationToken)
    {
        var conversations = Column(messages, message => message.ConversationId);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(Lock) { Parameters = { Parameter(conversations) } },
                new(Store)
                {
                    Parameters =
                    {
                        Parameter(Column(messages, message => message.Id)),
                        Parameter(conversations),
                        Parameter(Column(messages, message => message.SenderId)),
                        Parameter(Column(messages, message => message.SenderDeviceId)),
                        Parameter(Column(messages, message => message.MembershipVersion)),
                        Parameter(Column(messages, message => message.EncryptedContent)),
                        Parameter(Column(messages, message => message.Nonce)),
                        Parameter(Column(messages, message => message.AuthTag)),
                        Parameter(Column(messages, message => (short)message.Type)),
                    },
                },
            },
        };

        var outcomes = new MessageOutcome[messages.Count];
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
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
            return new(MessageVerdict.NotFound, null, default);
        }

        if (!reader.IsDBNull(2))
        {
            return reader.GetBoolean(4)
                ? new(MessageVerdict.AlreadyStored, Receipt(message, reader.GetInt64(2), reader.GetDateTime(3)), default)
                : new(MessageVerdict.IdTaken, null, default);
        }

        return reader.GetBoolean(1)
            ? new(MessageVerdict.Stored, Receipt(message, reader.GetInt64(6), reader.GetDateTime(7)), new(reader.GetInt32(5), reader.GetInt32(8)))
            : new(MessageVerdict.Stale, null, default);
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
