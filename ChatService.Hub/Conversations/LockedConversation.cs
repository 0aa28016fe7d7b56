using ChatService.Core.Conversations;
using ChatService.Core.Errors;
using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Conversations;

/// <summary>One change of a conversation at a time: its row first, then its members as they are now.</summary>
internal static class LockedConversation
{
    public static Task ChangeAsync(
        ChatDbContext db, Guid conversationId, Action<Conversation> change, CancellationToken cancellationToken) =>
        ChangeAsync(
            db,
            conversationId,
            (conversation, _) =>
            {
                change(conversation);
                return Task.CompletedTask;
            },
            cancellationToken);

    /// <param name="change">Gets the conversation and those of its members who cannot own or manage it.</param>
    public static Task ChangeAsync(
        ChatDbContext db, Guid conversationId, Action<Conversation, IReadOnlyCollection<Guid>> change, CancellationToken cancellationToken) =>
        ChangeAsync(
            db,
            conversationId,
            async (conversation, token) =>
            {
                var memberIds = conversation.Participants.Select(member => member.ChatUserId).ToList();
                change(conversation, await db.Users.Where(user => user.IsAssistant && memberIds.Contains(user.Id)).Select(user => user.Id).ToListAsync(token));
            },
            cancellationToken);

    public static async Task<Conversation> LoadAsync(ChatDbContext db, Guid conversationId, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"SELECT id FROM conversations WHERE id = {conversationId} FOR UPDATE", cancellationToken);
        return await db.Conversations.Include(conversation => conversation.Participants)
            .FirstOrDefaultAsync(conversation => conversation.Id == conversationId, cancellationToken)
            ?? throw ChatException.NotFound("conversation");
    }

    private static Task ChangeAsync(
        ChatDbContext db, Guid conversationId, Func<Conversation, CancellationToken, Task> change, CancellationToken cancellationToken) =>
        db.InTransactionAsync(
            async token =>
            {
                var conversation = await LoadAsync(db, conversationId, token);
                await change(conversation, token);
                db.Messages.AddRange(conversation.NewSystemMessages);
            },
            cancellationToken);
}
