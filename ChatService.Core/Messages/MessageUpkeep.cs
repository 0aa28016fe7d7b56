using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Messages;

/// <summary>Deletes disappearing messages whose time is over.</summary>
public static class MessageUpkeep
{
    /// <summary>
    /// Deletes a batch of them, and the bytes of their attachments: up to 101 chunks each, so keep it small. (The attachments' own
    /// rows count for the day's quota, and go with <see cref="Attachments.AttachmentUpkeep"/>.) The sequences stay empty: CatchUp says
    /// how far its answer reaches, so that nobody waits for what will not come.
    /// </summary>
    public static async Task<int> DeleteExpiredAsync(ChatDbContext db, DateTime now, int batchSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var deleted = await db.Database
            .SqlQuery<int>(
                $"""
                WITH expired AS (
                    DELETE FROM messages WHERE (conversation_id, sequence) IN (
                        SELECT conversation_id, sequence FROM messages
                        WHERE expires_at <= {now} ORDER BY expires_at LIMIT {batchSize} FOR UPDATE SKIP LOCKED)
                    RETURNING conversation_id, id
                ), files AS (
                    DELETE FROM attachment_chunks c USING attachments a, expired e
                    WHERE a.conversation_id = e.conversation_id AND a.message_id = e.id AND c.attachment_id = a.id
                )
                SELECT count(*)::int AS value FROM expired
                """)
            .ToListAsync(cancellationToken);
        return deleted[0];
    }
}
