using ChatService.Contracts;
using ChatService.Core.Storage;
using ChatService.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Conversations;

/// <summary>Conversations as one of their members sees them. What is not theirs is not found.</summary>
public static class ConversationQueries
{
    public static async Task<ConversationDetails?> DetailsAsync(
        ChatDbContext db, Guid userId, Guid conversationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var mine = db.Participants.Where(mine => mine.ChatUserId == userId && mine.ConversationId == conversationId);
        return (await ReadAsync(db, userId, mine, cancellationToken)).SingleOrDefault();
    }

    /// <summary>All of them, the newest activity first.</summary>
    public static Task<IReadOnlyList<ConversationDetails>> AllAsync(
        ChatDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        return ReadAsync(db, userId, db.Participants.Where(mine => mine.ChatUserId == userId), cancellationToken);
    }

    private static async Task<IReadOnlyList<ConversationDetails>> ReadAsync(
        ChatDbContext db, Guid viewerId, IQueryable<ConversationParticipant> mine, CancellationToken cancellationToken)
    {
        var conversations = await mine
            .Join(db.Conversations, mine => mine.ConversationId, conversation => conversation.Id, (mine, conversation) => new { mine.VisibleAfter, conversation })
            .OrderByDescending(row => row.conversation.LastActivityAt).ThenByDescending(row => row.conversation.Id)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        var members = await mine
            .Join(db.Participants, mine => mine.ConversationId, member => member.ConversationId, (_, member) => member)
            .Join(db.Users, member => member.ChatUserId, user => user.Id, (member, user) => new { member, user })
            .OrderBy(row => row.member.JoinedAt).ThenBy(row => row.member.ChatUserId)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        var seesReceipts = members.Find(row => row.user.Id == viewerId)?.user.SharedSignals.HasFlag(SharedSignals.Receipts) ?? false;
        bool MaySee(ChatUser member) => member.Id == viewerId || (seesReceipts && member.SharedSignals.HasFlag(SharedSignals.Receipts));
        var byConversation = members.ToLookup(
            row => row.member.ConversationId,
            row => new Participant(
                row.user.Id,
                row.user.Handle,
                row.user.DisplayName,
                row.user.AvatarUrl,
                row.member.Role,
                row.member.JoinedAt,
                MaySee(row.user) ? row.member.DeliveredSequence : 0,
                MaySee(row.user) ? row.member.ReadSequence : 0,
                row.user.IsAssistant));

        return [.. conversations.Select(row => new ConversationDetails(
            row.conversation.Id,
            row.conversation.Type,
            row.conversation.Name,
            row.conversation.AvatarUrl,
            row.conversation.CreatorId,
            row.conversation.CreatedAt,
            row.conversation.LastActivityAt,
            row.conversation.LastSequence,
            row.conversation.MembershipVersion,
            row.VisibleAfter,
            [.. byConversation[row.conversation.Id]],
            row.conversation.TimerSeconds))];
    }
}
