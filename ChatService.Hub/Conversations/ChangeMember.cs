using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatService.Hub.Conversations;

internal static class ChangeMember
{
    public static async Task<Results<NoContent, ErrorResult>> RemoveAsync(
        Guid conversationId, Guid userId, CurrentUser caller, ChatDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await LockedConversation.ChangeAsync(
            db,
            conversationId,
            (conversation, assistants) =>
            {
                if (userId == caller.Id)
                {
                    conversation.Leave(userId, now, assistants);
                }
                else
                {
                    conversation.RemoveMember(caller.Id, userId, now);
                }
            },
            cancellationToken);
        return TypedResults.NoContent();
    }

    public static async Task<Results<Ok<ConversationDetails>, ErrorResult>> ChangeRoleAsync(
        Guid conversationId, Guid userId, ChangeRoleRequest request, CurrentUser caller, ChatDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Enum.IsDefined(request.Role))
        {
            throw ChatException.Invalid("A role is Owner, Admin or Member.");
        }

        var now = time.GetUtcNow().UtcDateTime;
        await LockedConversation.ChangeAsync(
            db,
            conversationId,
            (conversation, assistants) =>
            {
                if (request.Role == ParticipantRole.Owner)
                {
                    conversation.TransferOwnership(caller.Id, userId, now, assistants);
                }
                else
                {
                    conversation.ChangeRole(caller.Id, userId, request.Role, now, assistants);
                }
            },
            cancellationToken);
        return TypedResults.Ok(await ReadConversations.OfMemberAsync(db, caller.Id, conversationId, cancellationToken));
    }
}
