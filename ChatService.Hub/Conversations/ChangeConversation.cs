using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatService.Hub.Conversations;

internal static class ChangeConversation
{
    public static async Task<Results<Ok<ConversationDetails>, ErrorResult>> UpdateAsync(
        Guid conversationId, UpdateConversationRequest request, CurrentUser caller, ChatDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var name = request.Name is null ? null : ConversationText.Name(request.Name);
        var avatarUrl = ConversationText.AvatarUrl(request.AvatarUrl);
        if (request is { Name: null, AvatarUrl: null })
        {
            throw ChatException.Invalid("Name what should change: the name, the avatar or both.");
        }

        var now = time.GetUtcNow().UtcDateTime;
        await LockedConversation.ChangeAsync(
            db,
            conversationId,
            conversation =>
            {
                if (name is not null)
                {
                    conversation.Rename(caller.Id, name, now);
                }

                if (request.AvatarUrl is not null)
                {
                    conversation.ChangeAvatar(caller.Id, avatarUrl, now);
                }
            },
            cancellationToken);
        return TypedResults.Ok(await ReadConversations.OfMemberAsync(db, caller.Id, conversationId, cancellationToken));
    }

    public static async Task<Results<NoContent, ErrorResult>> CloseAsync(
        Guid conversationId, CurrentUser caller, ChatDbContext db, CancellationToken cancellationToken)
    {
        await LockedConversation.ChangeAsync(db, conversationId, conversation => conversation.Close(caller.Id), cancellationToken);
        return TypedResults.NoContent();
    }
}
