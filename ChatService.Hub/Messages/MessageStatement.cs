using ChatService.Contracts;
using ChatService.Core.Conversations;
using Npgsql;

namespace ChatService.Hub.Messages;

/// <summary>
/// Stores a batch of messages in one statement, so in one round trip and one transaction. Its first part locks the
/// conversations, in the order of their ids, authorises, and takes the sequences: the version whose delivery list names the
/// sending device is still the conversation's, and every change of members or devices moves it. What is old gets no sequence
/// and no row. A message that is stored already violates the unique index, and then nothing of the batch is written: see
/// <see cref="StoredMessages"/>.
/// </summary>
internal static class MessageStatement
{
    // A row has so many of its conversation's messages behind it in the batch.
    private const string Store =
        """
        WITH reserved AS (
            UPDATE conversations c SET last_sequence = c.last_sequence + i.count, last_activity_at = now()
            FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS i (id, version, count)
            WHERE c.id = i.id AND c.membership_version = i.version
            RETURNING c.id, c.membership_version, c.last_sequence, c.audience_epoch, c.quiet_audiences, c.timer_seconds
        ), stored AS (
            INSERT INTO messages (conversation_id, sequence, id, sender_id, sender_device_id, encrypted_content, nonce, auth_tag, type, created_at, expires_at)
            SELECT i.conversation_id, r.last_sequence - i.behind, i.id, i.sender_id, i.device_id, i.content, i.nonce, i.tag, i.type,
                   now(), now() + make_interval(secs => r.timer_seconds)
            FROM unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::bigint[], $9::bytea[], $10::bytea[], $11::bytea[], $12::smallint[], $13::bigint[])
            AS i (id, conversation_id, sender_id, device_id, version, content, nonce, tag, type, behind)
            JOIN reserved r ON r.id = i.conversation_id AND r.membership_version = i.version
            RETURNING 1
        )
        SELECT id, membership_version, last_sequence, audience_epoch, quiet_audiences, now(), (SELECT count(*) FROM stored) FROM reserved
        """;

    /// <summary>
    /// The plan is kept, so it must be right for a table of any size: conversations are looked up by index, one after the other,
    /// never in a scan. And a row's foreign key is not looked up a second time where the role may leave that out: each comes from
    /// its conversation's row, which this transaction holds locked. The tables have no other triggers.
    /// </summary>
    public const string Session =
        """
        SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_mergejoin = off; SET jit = off;
        DO $$ BEGIN SET session_replication_role = replica; EXCEPTION WHEN insufficient_privilege THEN NULL; END $$
        """;

    /// <exception cref="PostgresException">A unique violation: one of them is stored already, and none of them is now.</exception>
    public static async Task<MessageOutcome[]> ExecuteAsync(
        NpgsqlConnection connection, IReadOnlyList<PendingMessage> messages, CancellationToken cancellationToken)
    {
        var places = new MessagePlaces(messages);
        await using var command = new NpgsqlCommand(Store, connection)
        {
            Parameters =
            {
                Parameter(places.Conversations),
                Parameter(places.Versions),
                Parameter(places.Counts),
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
        };

        var reserved = new Dictionary<Guid, Reservation>(places.Conversations.Length);
        var rows = 0L;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                reserved.Add(
                    reader.GetGuid(0),
                    new(reader.GetInt64(1), reader.GetInt64(2), new(reader.GetInt32(3), reader.GetInt32(4)), reader.GetDateTime(5)));
                rows = reader.GetInt64(6);
            }
        }

        var outcomes = new MessageOutcome[messages.Count];
        var stored = 0;
        for (var i = 0; i < outcomes.Length; i++)
        {
            var isCurrent = reserved.TryGetValue(messages[i].ConversationId, out var room) && room.Version == messages[i].MembershipVersion;
            outcomes[i] = isCurrent
                ? new(MessageVerdict.Stored, messages[i].ToReceipt(room.LastSequence - places.Behind[i], room.Now), room.Audience)
                : new(MessageVerdict.Stale, null, default);
            stored += isCurrent ? 1 : 0;
        }

        return rows == stored
            ? outcomes
            : throw new InvalidOperationException($"{stored} messages have a sequence, {rows} have a row.");
    }

    public static T[] Column<T>(IReadOnlyList<PendingMessage> messages, Func<PendingMessage, T> select)
    {
        var column = new T[messages.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = select(messages[i]);
        }

        return column;
    }

    public static NpgsqlParameter<T[]> Parameter<T>(T[] values) => new() { TypedValue = values };

    private readonly record struct Reservation(long Version, long LastSequence, ConversationAudience Audience, DateTime Now);
}
