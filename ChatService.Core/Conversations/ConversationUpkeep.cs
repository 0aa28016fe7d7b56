using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Conversations;

/// <summary>A conversation without members is nobody's: what it holds is deleted in the background, never while someone waits.</summary>
public static class ConversationUpkeep
{
    /// <summary>Deletes a batch of one abandoned conversation's messages, then the conversation; 0 when there is none left.</summary>
    public static async Task<int> DeleteAbandonedAsync(ChatDbContext db, int batchSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var abandoned = await db.Conversations
            .Where(conversation => conversation.Participants.Count == 0)
            .OrderBy(conversation => conversation.Id)
            .Select(conversation => conversation.Id)
            .Take(1)
            .ToListAsync(cancellationToken);
        if (abandoned.Count == 0)
        {
            return 0;
        }

        var id = abandoned[0];
        var deleted = await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM messages WHERE conversation_id = {id} AND sequence IN (
                SELECT sequence FROM messages WHERE conversation_id = {id} ORDER BY sequence LIMIT {batchSize})
            """,
            cancellationToken);
        return deleted > 0
            ? deleted
            : await db.Conversations.Where(conversation => conversation.Id == id && conversation.Participants.Count == 0)
                .ExecuteDeleteAsync(cancellationToken);
    }
}
