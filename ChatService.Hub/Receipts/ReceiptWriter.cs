using ChatService.Contracts;
using ChatService.Core.DomainEvents;
using ChatService.Core.Messages;
using ChatService.Hub.Storage;
using Npgsql;

namespace ChatService.Hub.Receipts;

/// <summary>
/// Moves markers in groups: one statement for everyone who is reading at this moment. Two integers per member are all there
/// is, so a marker that is already further stays where it is.
/// </summary>
public sealed class ReceiptWriter(NpgsqlDataSource dataSource, DomainEventDispatcher dispatcher, TimeProvider time, ILogger<ReceiptWriter> logger)
    : GroupCommit<ReceiptMark, ReceiptOutcome>(dataSource, time, logger, capacity: 8192)
{
    private const string Move =
        """
        WITH input AS MATERIALIZED (
            SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::boolean[], $5::uuid[])
            WITH ORDINALITY AS i (conversation_id, user_id, message_id, is_read, device_id, ordinal)
        ), judged AS MATERIALIZED (
            SELECT i.*, c.audience_epoch, c.quiet_audiences, p.delivered_sequence, p.read_sequence, m.sequence
            FROM input i
            LEFT JOIN conversations c ON c.id = i.conversation_id
            LEFT JOIN conversation_participants p ON p.conversation_id = i.conversation_id AND p.chat_user_id = i.user_id
            LEFT JOIN devices d ON d.id = i.device_id AND d.chat_user_id = i.user_id AND d.removed_at IS NULL
            LEFT JOIN messages m ON m.conversation_id = i.conversation_id AND m.id = i.message_id AND m.sequence > p.visible_after AND d.id IS NOT NULL
        ), furthest AS (
            SELECT conversation_id, user_id, max(sequence) AS delivered, max(sequence) FILTER (WHERE is_read) AS read
            FROM judged WHERE sequence IS NOT NULL GROUP BY conversation_id, user_id
        ), locked AS MATERIALIZED (
            SELECT p.conversation_id, p.chat_user_id FROM conversation_participants p
            JOIN furthest f ON f.conversation_id = p.conversation_id AND f.user_id = p.chat_user_id
            ORDER BY p.conversation_id, p.chat_user_id FOR UPDATE OF p
        ), moved AS (
            UPDATE conversation_participants p SET
                delivered_sequence = greatest(p.delivered_sequence, f.delivered),
                read_sequence = greatest(p.read_sequence, f.read),
                last_read_at = CASE WHEN f.read > p.read_sequence THEN now() ELSE p.last_read_at END
            FROM furthest f JOIN locked l ON l.conversation_id = f.conversation_id AND l.chat_user_id = f.user_id
            WHERE p.conversation_id = f.conversation_id AND p.chat_user_id = f.user_id
              AND (f.delivered > p.delivered_sequence OR f.read > p.read_sequence)
        )
        SELECT j.sequence, j.sequence > CASE WHEN j.is_read THEN j.read_sequence ELSE j.delivered_sequence END, j.audience_epoch, now(), j.quiet_audiences
        FROM judged j ORDER BY j.ordinal
        """;

    protected override Guid KinOf(ReceiptMark item) => item.ConversationId;

    protected override async Task<ReceiptOutcome[]> CommitAsync(
        NpgsqlConnection connection, IReadOnlyList<ReceiptMark> items, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Move, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. items.Select(item => item.ConversationId)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. items.Select(item => item.UserId)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. items.Select(item => item.MessageId)] });
        command.Parameters.Add(new NpgsqlParameter<bool[]> { TypedValue = [.. items.Select(item => item.IsRead)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. items.Select(item => item.DeviceId)] });

        var outcomes = new ReceiptOutcome[items.Count];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        for (var i = 0; await reader.ReadAsync(cancellationToken); i++)
        {
            outcomes[i] = reader.IsDBNull(0)
                ? new ReceiptOutcome(false, null, default)
                : new ReceiptOutcome(
                    true,
                    reader.GetBoolean(1)
                        ? new ReceiptUpdate(items[i].ConversationId, items[i].UserId, items[i].MessageId, reader.GetInt64(0), reader.GetDateTime(3))
                        : null,
                    new(reader.GetInt32(2), reader.GetInt32(4)));
        }

        return outcomes;
    }

    protected override void Committed(ReceiptMark item, ReceiptOutcome result)
    {
        if (result.Moved is { } update)
        {
            _ = item.IsRead
                ? dispatcher.DispatchAsync(new MessageReadDomainEvent(update, result.Audience, item.IsShared), CancellationToken.None)
                : dispatcher.DispatchAsync(new MessageDeliveredDomainEvent(update, result.Audience, item.IsShared), CancellationToken.None);
        }
    }
}
