using ChatService.Contracts;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatService.Hub.Conversations;

internal static class ChangeTimer
{
    public static async Task<Results<Ok<ConversationDetails>, ErrorResult>> HandleAsync(
        Guid conversationId, ChangeTimerRequest request, CurrentUser caller, ChatDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await LockedConversation.ChangeAsync(
            db, conversationId, conversation => conversation.ChangeTimer(caller.Id, request.Seconds, now), cancellationToken);
        return TypedResults.Ok(await ReadConversations.OfMemberAsync(db, caller.Id, conversationId, cancellationToken));
    }
}
