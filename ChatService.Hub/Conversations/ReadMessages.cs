using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Conversations;

internal static class ReadMessages
{
    /// <summary>
    /// A page, ascending: the first after <paramref name="after"/>, or without it the last before <paramref name="before"/>,
    /// or without both the newest.
    /// </summary>
    public static async Task<Results<Ok<MessageHistory>, ErrorResult>> HandleAsync(
        Guid conversationId, CurrentUser caller, ChatDbContext db, TimeProvider time, CancellationToken cancellationToken, long? after = null, long? before = null, int? limit = null)
    {
        if (limit is < 1 or > Limits.HistoryPage || after < 0 || before < 0)
        {
            throw ChatException.Invalid($"'limit' is 1 to {Limits.HistoryPage}; 'after' and 'before' are sequences from 0.");
        }

        var view = await db.Participants
            .Where(mine => mine.ConversationId == conversationId && mine.ChatUserId == caller.Id)
            .Join(db.Conversations, mine => mine.ConversationId, conversation => conversation.Id, (mine, conversation) => new { mine.VisibleAfter, conversation.LastSequence })
            .FirstOrDefaultAsync(cancellationToken) ?? throw ChatException.NotFound("conversation");

        // Bounds as plain values keep this a walk along the primary key; membership is checked again in the statement itself.
        var lowest = Math.Max(after ?? 0, view.VisibleAfter);
        var highest = before ?? long.MaxValue;
        var now = time.GetUtcNow().UtcDateTime;
        var messages = db.Messages.AsNoTracking().Where(message =>
            message.ConversationId == conversationId && message.Sequence > lowest && message.Sequence < highest
            && (message.ExpiresAt == null || message.ExpiresAt > now)
            && db.Participants.Any(mine => mine.ConversationId == conversationId && mine.ChatUserId == caller.Id));
        var page = await (after is null
            ? messages.OrderByDescending(message => message.Sequence)
            : messages.OrderBy(message => message.Sequence))
            .Take(limit ?? Limits.HistoryPage)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new MessageHistory(
            [.. page.OrderBy(message => message.Sequence).Select(message => message.ToSealedMessage())],
            page.Aggregate(view.LastSequence, (last, message) => Math.Max(last, message.Sequence))));
    }
}
