using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Core.Storage;
using ChatService.Hub.Devices;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Conversations;

/// <summary>Users who are to become members.</summary>
internal static class NewMembers
{
    /// <summary>
    /// Holds the users' rows, in the order of their ids and before any conversation's: none of them registers a device, is
    /// added elsewhere or blocks somebody uncounted meanwhile.
    /// </summary>
    public static async Task HoldAsync(ChatDbContext db, Guid[] userIds, CancellationToken cancellationToken)
    {
        var found = await db.Database.SqlQuery<Guid>(
            $"SELECT id AS value FROM chat_users WHERE id = ANY({userIds}) ORDER BY id FOR NO KEY UPDATE").ToListAsync(cancellationToken);
        if (found.Count != userIds.Length)
        {
            throw ChatException.NotFound("user");
        }
    }

    /// <summary>Nobody is brought together with someone who has blocked them, or with someone who is gone. The two cannot be told apart.</summary>
    public static async Task CheckReachableAsync(ChatDbContext db, Guid actorId, Guid[] otherIds, CancellationToken cancellationToken)
    {
        if (await db.Blocks.AnyAsync(block => block.BlockerId == actorId && otherIds.Contains(block.BlockedId), cancellationToken))
        {
            throw ChatException.Forbidden($"You have blocked {Whom(otherIds)}: unblock them first.");
        }

        if (await db.Blocks.AnyAsync(block => otherIds.Contains(block.BlockerId) && block.BlockedId == actorId, cancellationToken)
            || await db.Users.AnyAsync(user => otherIds.Contains(user.Id) && user.DisabledAt != null, cancellationToken))
        {
            throw new ChatException(ErrorCodes.RecipientUnavailable, $"{Who(otherIds)} cannot be reached: they are gone, or do not take messages from you.");
        }
    }

    /// <summary>
    /// A change of a user's devices touches each of their conversations, so there is an end to how many there may be. Others
    /// reach it earlier: they cannot fill what the user may need. The assistant has no devices that come and go.
    /// </summary>
    /// <param name="reserve">How many of their conversations the others keep.</param>
    public static async Task CheckConversationsAsync(
        ChatDbContext db, Guid actorId, Guid[] otherIds, int reserve, CancellationToken cancellationToken)
    {
        Guid[] all = [actorId, .. otherIds];
        var counts = await db.Participants
            .Where(member => all.Contains(member.ChatUserId))
            .GroupBy(member => member.ChatUserId)
            .Select(each => new { UserId = each.Key, Count = each.Count() })
            .Where(each => each.Count >= Limits.ConversationsPerUser - reserve)
            .Where(each => db.Users.Any(user => user.Id == each.UserId && !user.IsAssistant))
            .ToListAsync(cancellationToken);
        if (counts.Any(each => each.UserId == actorId && each.Count >= Limits.ConversationsPerUser))
        {
            throw new ChatException(ErrorCodes.LimitReached, $"You are in {Limits.ConversationsPerUser} conversations: leave some before you make another.");
        }

        if (counts.Any(each => each.UserId != actorId))
        {
            throw new ChatException(ErrorCodes.LimitReached, $"{Who(otherIds)} is in too many conversations to be added to another.");
        }
    }

    /// <summary>Every member needs a device to read with, so that the limit of devices bounds members as well.</summary>
    public static async Task CheckRoomAsync(ChatDbContext db, Guid[] allMemberIds, CancellationToken cancellationToken)
    {
        if (allMemberIds.Length > Limits.DevicesPerConversation
            || await DeviceCount.OfUsersAsync(db, allMemberIds, cancellationToken) > Limits.DevicesPerConversation)
        {
            throw new ChatException(
                ErrorCodes.LimitReached, $"A conversation has at most {Limits.DevicesPerConversation} devices, those of all members together.");
        }
    }

    private static string Who(Guid[] otherIds) => otherIds.Length == 1 ? "This user" : "One of these users";

    private static string Whom(Guid[] otherIds) => otherIds.Length == 1 ? "this user" : "one of these users";
}
