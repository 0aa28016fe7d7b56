using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Core.Errors;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Conversations;

internal static class CreateConversation
{
    public static async Task<Results<Created<ConversationDetails>, Ok<ConversationDetails>, ErrorResult>> HandleAsync(
        CreateConversationRequest request, CurrentUser caller, ChatDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var wanted = WantedConversation.Check(request, caller.Id, time.GetUtcNow().UtcDateTime);
        var (id, isNew) = await FindOrCreateAsync(db, wanted, cancellationToken);
        var details = await ReadConversations.OfMemberAsync(db, caller.Id, id, cancellationToken);
        return isNew ? TypedResults.Created(Routes.Conversation(id), details) : TypedResults.Ok(details);
    }

    private static async Task<(Guid Id, bool IsNew)> FindOrCreateAsync(
        ChatDbContext db, WantedConversation wanted, CancellationToken cancellationToken)
    {
        for (var again = true; ; again = false)
        {
            try
            {
                return await db.InTransactionAsync(token => TryCreateAsync(db, wanted, token), cancellationToken);
            }
            catch (DbUpdateException exception) when (again && exception.IsUniqueViolation())
            {
                // Another request was first with this pair or this id: it has committed, and is found now.
            }
        }
    }

    private static async Task<(Guid Id, bool IsNew)> TryCreateAsync(
        ChatDbContext db, WantedConversation wanted, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, wanted, cancellationToken) is { } existing)
        {
            return (existing, false);
        }

        await NewMembers.HoldAsync(db, wanted.AllMemberIds, cancellationToken);
        await NewMembers.CheckReachableAsync(db, wanted.CreatorId, wanted.OtherIds, cancellationToken);
        var reserve = wanted.Type == ConversationType.Group ? Limits.ConversationsKeptFree : 0;
        await NewMembers.CheckConversationsAsync(db, wanted.CreatorId, wanted.OtherIds, reserve, cancellationToken);
        await NewMembers.CheckRoomAsync(db, wanted.AllMemberIds, cancellationToken);
        var conversation = wanted.Create();
        db.Conversations.Add(conversation);
        db.Messages.AddRange(conversation.NewSystemMessages);
        return (conversation.Id, true);
    }

    private static async Task<Guid?> FindAsync(ChatDbContext db, WantedConversation wanted, CancellationToken cancellationToken)
    {
        if (wanted.Type == ConversationType.Direct)
        {
            var (one, other) = (wanted.CreatorId, wanted.OtherIds[0]);
            return await db.Conversations
                .Where(conversation =>
                    (conversation.DirectLowId == one && conversation.DirectHighId == other)
                    || (conversation.DirectLowId == other && conversation.DirectHighId == one))
                .Select(conversation => (Guid?)conversation.Id)
                .FirstOrDefaultAsync(cancellationToken) ?? await FindByIdAsync(db, wanted, cancellationToken);
        }

        return await FindByIdAsync(db, wanted, cancellationToken);
    }

    private static async Task<Guid?> FindByIdAsync(ChatDbContext db, WantedConversation wanted, CancellationToken cancellationToken)
    {
        var existing = await db.Conversations.AsNoTracking().Include(conversation => conversation.Participants)
            .FirstOrDefaultAsync(conversation => conversation.Id == wanted.Id, cancellationToken);
        if (existing is null)
        {
            return null;
        }

        var isRepeated = wanted.Type == ConversationType.Group
            && existing.Type == ConversationType.Group
            && existing.CreatorId == wanted.CreatorId
            && existing.Participants.Any(member => member.ChatUserId == wanted.CreatorId);
        return isRepeated
            ? existing.Id
            : throw new ChatException(ErrorCodes.Conflict, "This conversation id is taken: make a new one.");
    }
}
