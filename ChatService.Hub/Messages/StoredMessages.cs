using ChatService.Contracts;
using Npgsql;

namespace ChatService.Hub.Messages;

/// <summary>Which messages of a batch are stored already: retries, whose first receipt stands, and ids that are taken.</summary>
internal static class StoredMessages
{
    private const string Find =
        """
        SELECT i.ordinal, m.sequence, m.created_at, m.sender_device_id IS NOT DISTINCT FROM i.device_id, c.audience_epoch, c.quiet_audiences
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[]) WITH ORDINALITY AS i (id, conversation_id, device_id, version, ordinal)
        JOIN conversations c ON c.id = i.conversation_id AND c.membership_version = i.version
        JOIN messages m ON m.conversation_id = i.conversation_id AND m.id = i.id
        """;

    /// <summary>The receipt of a message that this device has sent before; null if it is not stored.</summary>
    public static async Task<MessageReceipt?> FindReceiptAsync(
        NpgsqlDataSource dataSource, Guid conversationId, Guid messageId, Guid senderDeviceId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            "SELECT sequence, created_at FROM messages WHERE conversation_id = $1 AND id = $2 AND sender_device_id = $3");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = conversationId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = messageId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = senderDeviceId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(messageId, conversationId, reader.GetInt64(0), reader.GetDateTime(1))
            : null;
    }

    /// <summary>Their outcomes by their place in <paramref name="messages"/>.</summary>
    public static async Task<Dictionary<int, MessageOutcome>> FindAsync(
        NpgsqlConnection connection, IReadOnlyList<PendingMessage> messages, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Find, connection)
        {
            Parameters =
            {
                MessageStatement.Parameter(MessageStatement.Column(messages, message => message.Id)),
                MessageStatement.Parameter(MessageStatement.Column(messages, message => message.ConversationId)),
                MessageStatement.Parameter(MessageStatement.Column(messages, message => message.SenderDeviceId)),
                MessageStatement.Parameter(MessageStatement.Column(messages, message => message.MembershipVersion)),
            },
        };

        var outcomes = new Dictionary<int, MessageOutcome>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var place = (int)reader.GetInt64(0) - 1;
            outcomes[place] = reader.GetBoolean(3)
                ? new(
                    MessageVerdict.AlreadyStored,
                    messages[place].ToReceipt(reader.GetInt64(1), reader.GetDateTime(2)),
                    new(reader.GetInt32(4), reader.GetInt32(5)))
                : new(MessageVerdict.IdTaken, null, default);
        }

        return outcomes;
    }
}
