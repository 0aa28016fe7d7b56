using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatService.Contracts;
using ChatService.Hub.Realtime;
using ChatService.Hub.Rooms;
using Npgsql;

namespace ChatService.Hub.CatchUp;

/// <summary>
/// Everything after the caller's positions, in order, then the mark. The connection joins its audiences first: what is
/// committed after that arrives live, so nothing falls between the two.
/// </summary>
public sealed class CatchUpReader(NpgsqlDataSource dataSource, RoomMembership rooms, CatchUpOrder order, TimeProvider time)
{
    public async IAsyncEnumerable<CatchUpPage> ReadAsync(
        ConnectedDevice device,
        IReadOnlyList<ConversationPosition> positions,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(positions);
        await rooms.MoveAsync(device, await rooms.ReadAsync(device, cancellationToken), cancellationToken);
        var known = positions.GroupBy(p => p.ConversationId).ToDictionary(g => g.Key, g => g.Max(p => p.Sequence));

        List<Missed> missed =
        [
            .. (await rooms.ReadAsync(device, cancellationToken))
                .Select(room => new Missed(room, Math.Max(room.VisibleAfter, known.GetValueOrDefault(room.ConversationId))))
                .Where(each => each.Count > 0),
        ];
        var pace = new PagePace(time);
        while (missed.Count > 0)
        {
            foreach (var slice in await order.NextAsync(missed, cancellationToken))
            {
                List<Missed> left = [];
                // A conversation can be shown as soon as it is complete: no short one waits for a long one.
                foreach (var (room, start) in missed.OrderBy(each => each.Count))
                {
                    var (after, until) = (start, slice.GetValueOrDefault(room.ConversationId, room.LastSequence));
                    while (after < until)
                    {
                        if (await ReadPageAsync(device, room, after, until, pace, cancellationToken) is not var (page, isCut))
                        {
                            after = room.LastSequence;
                            break;
                        }

                        after = isCut ? page[^1].Sequence : until;
                        pace.Sending(page);
                        yield return new CatchUpPage(room.ConversationId, page, ConversationComplete: after >= room.LastSequence, CaughtUp: false, Through: after);
                        pace.Sent();
                    }

                    if (after < room.LastSequence)
                    {
                        left.Add(new(room, after));
                    }
                }

                missed = left;
            }
        }

        yield return new CatchUpPage(null, [], ConversationComplete: false, CaughtUp: true);
    }

    /// <summary>
    /// A page ends at a count or at a size, whichever comes first: what waits in memory for a slow reader stays small. Null for
    /// who may not read (any more), which is another thing than that everything has disappeared.
    /// </summary>
    private async Task<(List<SealedMessage> Page, bool IsCut)?> ReadPageAsync(
        ConnectedDevice device, Room room, long after, long until, PagePace pace, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT m.id, m.sender_id, m.sender_device_id, m.sequence, m.encrypted_content, m.nonce, m.auth_tag, m.type, m.created_at, m.system_event
            FROM conversation_participants p
            JOIN devices d ON d.id = $6 AND d.chat_user_id = $2 AND d.removed_at IS NULL
            LEFT JOIN LATERAL (
                SELECT * FROM messages
                WHERE conversation_id = $1 AND sequence > greatest($3, p.visible_after) AND sequence <= $4
                  AND (expires_at IS NULL OR expires_at > now())
                ORDER BY sequence LIMIT $5
            ) m ON true
            WHERE p.conversation_id = $1 AND p.chat_user_id = $2
            ORDER BY m.sequence
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = room.ConversationId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = device.UserId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = until });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = pace.Messages });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = device.DeviceId });

        List<SealedMessage> page = [];
        var (size, mayRead) = (0, false);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            mayRead = true;
            if (reader.IsDBNull(0))
            {
                break;
            }

            page.Add(new SealedMessage(
                reader.GetGuid(0),
                room.ConversationId,
                reader.GetGuid(1),
                reader.IsDBNull(2) ? null : reader.GetGuid(2),
                reader.GetInt64(3),
                Convert.ToBase64String(reader.GetFieldValue<byte[]>(4)),
                Convert.ToBase64String(reader.GetFieldValue<byte[]>(5)),
                Convert.ToBase64String(reader.GetFieldValue<byte[]>(6)),
                (MessageType)reader.GetInt16(7),
                reader.GetDateTime(8),
                reader.IsDBNull(9) ? null : JsonSerializer.Deserialize<SystemEvent>(reader.GetString(9), JsonSerializerOptions.Web)));
            size += page[^1].EncryptedContent.Length;
            if (size >= pace.Size)
            {
                return (page, true);
            }
        }

        return mayRead ? (page, page.Count == pace.Messages) : null;
    }
}
