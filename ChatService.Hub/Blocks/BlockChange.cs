using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Core.Errors;
using ChatService.Core.Storage;
using ChatService.Core.Users;
using ChatService.Hub.Devices;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Blocks;

/// <summary>
/// Blocks and unblocks. The blocker's row is held first, as by whoever brings the blocker into a conversation, then the
/// two users' direct conversation, as by whoever writes in it: from the commit on, nothing gets through.
/// </summary>
internal static class BlockChange
{
    public static Task BlockAsync(ChatDbContext db, Guid blockerId, Guid blockedId, DateTime now, CancellationToken cancellationToken)
    {
        if (blockerId == blockedId)
        {
            throw ChatException.Invalid("Nobody blocks themselves.");
        }

        return db.InTransactionAsync(
            async token =>
            {
                await OwnDevice.LockUserAsync(db, blockerId, token);
                if (!await db.Users.AnyAsync(user => user.Id == blockedId, token))
                {
                    throw ChatException.NotFound("user");
                }

                var blocked = await db.Blocks.Where(block => block.BlockerId == blockerId).Select(block => block.BlockedId).ToListAsync(token);
                if (blocked.Contains(blockedId))
                {
                    return;
                }

                if (blocked.Count >= Limits.BlockedUsers)
                {
                    throw new ChatException(ErrorCodes.LimitReached, $"You have blocked {Limits.BlockedUsers} users already: unblock some first.");
                }

                db.Blocks.Add(new Block { BlockerId = blockerId, BlockedId = blockedId, CreatedAt = now });
                await ApplyAsync(db, blockerId, blockedId, isBlocked: true, token);
            },
            cancellationToken);
    }

    public static Task UnblockAsync(ChatDbContext db, Guid blockerId, Guid blockedId, CancellationToken cancellationToken) =>
        db.InTransactionAsync(
            async token =>
            {
                await OwnDevice.LockUserAsync(db, blockerId, token);
                if (await db.Blocks.Where(block => block.BlockerId == blockerId && block.BlockedId == blockedId).ExecuteDeleteAsync(token) > 0)
                {
                    await ApplyAsync(db, blockerId, blockedId, isBlocked: false, token);
                }
            },
            cancellationToken);

    private static async Task ApplyAsync(ChatDbContext db, Guid blockerId, Guid blockedId, bool isBlocked, CancellationToken cancellationToken)
    {
        var direct = await DirectAsync(db, blockerId, blockedId, cancellationToken);
        direct?.Block(blockerId, isBlocked);
        (await db.Users.SingleAsync(user => user.Id == blockerId, cancellationToken)).BlocksChanged(blockedId, direct?.Id);
    }

    private static async Task<Conversation?> DirectAsync(ChatDbContext db, Guid one, Guid other, CancellationToken cancellationToken)
    {
        var found = await db.Database.SqlQuery<Guid>(
            $"""
            SELECT id AS value FROM conversations
            WHERE direct_low_id = LEAST({one}, {other}) AND direct_high_id = GREATEST({one}, {other}) FOR UPDATE
            """).ToListAsync(cancellationToken);
        return found.Count == 0 ? null : await db.Conversations.SingleAsync(conversation => conversation.Id == found[0], cancellationToken);
    }
}
