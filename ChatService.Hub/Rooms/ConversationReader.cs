using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Rooms;

/// <summary>Conversations as their members see them. Membership is part of the query.</summary>
public sealed class ConversationReader(IServiceScopeFactory scopes)
{
    public async Task<ConversationDetails?> FindAsync(Guid userId, Guid conversationId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await ConversationQueries.DetailsAsync(
            scope.ServiceProvider.GetRequiredService<ChatDbContext>(), userId, conversationId, cancellationToken);
    }

    /// <summary>The current version and the members' user ids.</summary>
    public async Task<(long Version, IReadOnlyList<Guid> MemberIds)> MembersAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ChatDbContext>();
        var version = await db.Conversations.Where(c => c.Id == conversationId).Select(c => c.MembershipVersion).SingleOrDefaultAsync(cancellationToken);
        var members = await db.Participants.Where(p => p.ConversationId == conversationId).Select(p => p.ChatUserId).ToListAsync(cancellationToken);
        return (version, members);
    }

    /// <summary>Everyone who shares a conversation with the user, the user included.</summary>
    /// <param name="withBlocked">Whether a direct conversation in which one has blocked the other counts.</param>
    public async Task<IReadOnlyList<Guid>> ContactsAsync(Guid userId, bool withBlocked, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ChatDbContext>();
        var contacts = await db.Participants
            .Where(mine => mine.ChatUserId == userId)
            .Where(mine => withBlocked || db.Conversations.Any(conversation => conversation.Id == mine.ConversationId && conversation.Blocks == DirectBlocks.None))
            .Join(db.Participants, mine => mine.ConversationId, theirs => theirs.ConversationId, (_, theirs) => theirs.ChatUserId)
            .Distinct()
            .ToListAsync(cancellationToken);
        return [.. contacts.Append(userId).Distinct()];
    }
}
