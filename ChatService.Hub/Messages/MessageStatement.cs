using ChatService.Contracts;
using ChatService.Core.Conversations;
using Npgsql;

namespace ChatService.Hub.Messages;

/// <summary>
/// Stores a batch of messages in one round trip and one transaction. The first statement locks the conversations, in the
/// order of their ids, authorises, and takes the sequences: the version whose delivery list names the sending device is
/// still the conversation's, and every change of members or devices moves it. What is old gets no sequence and no row. A
/// message that is stored already violates the unique index, and then nothing of the batch is written: see
/// <see cref="StoredMessages"/>.
/// </summary>
internal static class MessageStatement
{
    private const string Reserve =
        """
        UPDATE conversations c SET last_sequence = c.last_sequence + i.count, last_activity_at = now()
        FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS i (id, version, count)
        WHERE c.id = i.id AND c.membership_version = i.version
        RETURNING c.id, c.membership_version, c.last_sequence, c.audience_epoch, c.quiet_audiences, now()
        """;

    // A row has so many of its conversation's messages behind it in the batch.
    private const string Store =
        """
        INSERT INTO messages (conversation_id, sequence, id, sender_id, sender_device_id, encrypted_content, nonce, auth_tag, type, created_at, expires_at)
        SELECT i.conversation_id, c.last_sequence - i.behind, i.id, i.sender_id, i.device_id, i.content, i.nonce, i.tag, i.type,
               now(), now() + make_interval(secs => c.timer_seconds)
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::bytea[], $7::bytea[], $8::bytea[], $9::smallint[], $10::bigint[])
        AS i (id, conversation_id, sender_id, device_id, version, content, nonce, tag, type, behind)
        JOIN conversations c ON c.id = i.conversation_id AND c.membership_version = i.version
        """;

    /// <summary>
    /// The plan is kept, so it must be right for a table of any size: one row after the other, looked up by index, never a
    /// scan. And a row's foreign key is not looked up a second time where the role may leave that out: each comes from its
    /// conversation's row, which this transaction holds locked. The tables have no other triggers.
    /// </summary>
    public const string Session =
        """
        SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_mergejoin = off; SET enable_hashjoin = off; SET jit = off;
        DO $$ BEGIN SET session_replication_role = replica; EXCEPTION WHEN insufficient_privilege THEN NULL; END $$
        """;

    /// <exception cref="PostgresException">A unique violation: one of them is stored already, and none of them is now.</exception>
    public static async Task<MessageOutcome[]> ExecuteAsync(
        NpgsqlConnection connection, IReadOnlyList<PendingMessage> messages, CancellationToken cancellationToken)
    {
        var places = new MessagePlaces(messages);
        var store = new NpgsqlBatchCommand(Store)
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
        };
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(Reserve) { Parameters = { Parameter(places.Conversations), Parameter(places.Versions), Parameter(places.Counts) } },
                store,
            },
        };

        var reserved = new Dictionary<Guid, Reservation>(places.Conversations.Length);
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                reserved.Add(
                    reader.GetGuid(0),
                    new(reader.GetInt64(1), reader.GetInt64(2), new(reader.GetInt32(3), reader.GetInt32(4)), reader.GetDateTime(5)));
            }

            await reader.NextResultAsync(cancellationToken);
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

        return store.RecordsAffected == stored
            ? outcomes
            : throw new InvalidOperationException($"{stored} messages have a sequence, {store.RecordsAffected} have a row.");
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
