using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Conversations;

internal static class AddMember
{
    public static async Task<Results<Ok<ConversationDetails>, ErrorResult>> HandleAsync(
        Guid conversationId, AddMemberRequest request, CurrentUser caller, ChatDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        // A stranger must not learn here whether the user exists.
        if (!await db.Participants.AnyAsync(
            mine => mine.ConversationId == conversationId && mine.ChatUserId == caller.Id, cancellationToken))
        {
            throw ChatException.NotFound("conversation");
        }

        var now = time.GetUtcNow().UtcDateTime;
        await db.InTransactionAsync(
            async token =>
            {
                await NewMembers.HoldAsync(db, [request.UserId], token);
                var conversation = await LockedConversation.LoadAsync(db, conversationId, token);
                conversation.AddMember(caller.Id, request.UserId, now);
                if (conversation.NewSystemMessages.Count == 0)
                {
                    return;
                }

                await NewMembers.CheckReachableAsync(db, caller.Id, [request.UserId], token);
                await NewMembers.CheckConversationsAsync(db, Guid.Empty, [request.UserId], Limits.ConversationsKeptFree, token);
                await NewMembers.CheckRoomAsync(db, [.. conversation.Participants.Select(member => member.ChatUserId)], token);
                db.Messages.AddRange(conversation.NewSystemMessages);
            },
            cancellationToken);
        return TypedResults.Ok(await ReadConversations.OfMemberAsync(db, caller.Id, conversationId, cancellationToken));
    }
}
