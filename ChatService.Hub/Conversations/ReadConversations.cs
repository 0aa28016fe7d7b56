using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Core.Errors;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatService.Hub.Conversations;

internal static class ReadConversations
{
    public static async Task<Ok<IReadOnlyList<ConversationDetails>>> ListAsync(
        CurrentUser caller, ChatDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ConversationQueries.AllAsync(db, caller.Id, cancellationToken));

    public static async Task<Results<Ok<ConversationDetails>, ErrorResult>> GetAsync(
        Guid conversationId, CurrentUser caller, ChatDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await OfMemberAsync(db, caller.Id, conversationId, cancellationToken));

    public static async Task<ConversationDetails> OfMemberAsync(
        ChatDbContext db, Guid userId, Guid conversationId, CancellationToken cancellationToken) =>
        await ConversationQueries.DetailsAsync(db, userId, conversationId, cancellationToken) ?? throw ChatException.NotFound("conversation");
}
