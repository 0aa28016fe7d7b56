using ChatService.Contracts;
using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Attachments;

/// <summary>Deletes what no message needs.</summary>
public static class AttachmentUpkeep
{
    /// <summary>
    /// Deletes uploads that are a day old and were never completed, never named by a message, or whose message is gone. An
    /// attachment is up to 101 rows of chunks, which go with it: keep the batch small.
    /// </summary>
    public static Task<int> DeleteAbandonedAsync(ChatDbContext db, DateTime now, int batchSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var before = now - TimeSpan.FromHours(Limits.AttachmentUploadHours);
        long chunk = Limits.AttachmentChunk;
        return db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM attachments WHERE id IN (
                SELECT a.id FROM attachments a
                WHERE a.created_at < {before} AND (
                    NOT EXISTS (SELECT FROM messages m WHERE m.conversation_id = a.conversation_id AND m.id = a.message_id)
                    OR (SELECT count(*) FROM attachment_chunks c WHERE c.attachment_id = a.id) < (a.size + {chunk} - 1) / {chunk})
                ORDER BY a.created_at LIMIT {batchSize} FOR UPDATE OF a SKIP LOCKED)
            """,
            cancellationToken);
    }
}
