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
    /// Holds the users' rows, in the order of their ids and before any conversation's, so that none of them registers a
    /// device uncounted meanwhile.
    /// </summary>
    public static async Task HoldAsync(ChatDbContext db, Guid[] userIds, CancellationToken cancellationToken)
    {
        var found = await db.Database.SqlQuery<Guid>(
            $"SELECT id AS value FROM chat_users WHERE id = ANY({userIds}) ORDER BY id FOR SHARE").ToListAsync(cancellationToken);
        if (found.Count != userIds.Length)
        {
            throw ChatException.NotFound("user");
        }
    }

    /// <summary>
    /// A change of a user's devices touches each of their conversations, so there is an end to how many one may make. Being
    /// added to one counts only against making more.
    /// </summary>
    public static async Task CheckConversationsAsync(ChatDbContext db, Guid creatorId, CancellationToken cancellationToken)
    {
        if (await db.Participants.CountAsync(mine => mine.ChatUserId == creatorId, cancellationToken) >= Limits.ConversationsPerUser)
        {
            throw new ChatException(ErrorCodes.LimitReached, $"You are in {Limits.ConversationsPerUser} conversations: leave some before you make another.");
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
}
