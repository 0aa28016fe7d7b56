using ChatService.Contracts;
using ChatService.Core.Accounts;
using ChatService.Core.Conversations;
using ChatService.Core.Storage;
using ChatService.Core.Users;
using ChatService.Hub.Conversations;
using ChatService.Hub.Devices;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace ChatService.Hub.Accounts;

/// <summary>
/// Ends an account for good: it leaves its groups (and hands over what it owned, as any Owner who leaves), its
/// devices and bots go, and with them every sign-in. Until it is shut out, it may ask again for what was interrupted; from there on
/// there is no way back in.
/// </summary>
internal sealed class AccountDeletion(
    AccountsDbContext accounts,
    ChatDbContext chat,
    IOpenIddictApplicationManager clients,
    SignInEnd signIns,
    RevocationWatch watch,
    TimeProvider time)
{
    public async Task DeleteAsync(AccountUser account, CancellationToken cancellationToken)
    {
        var bots = await accounts.Users.AsNoTracking().Where(bot => bot.OwnerId == account.Id).ToListAsync(cancellationToken);
        foreach (var each in bots.Append(account))
        {
            var subject = each.Id.ToString();
            if (await chat.Users.Where(user => user.IdentityUserId == subject).Select(user => (Guid?)user.Id).FirstOrDefaultAsync(cancellationToken) is { } userId)
            {
                await LeaveAsync(userId, cancellationToken);
                await ShutOutAsync(userId, subject, cancellationToken);
            }

            await signIns.EndAllAsync(subject, cancellationToken);
        }

        await DeleteClientsAsync(bots, cancellationToken);
        await accounts.Users.Where(user => user.Id == account.Id || user.OwnerId == account.Id).ExecuteDeleteAsync(cancellationToken);
        await watch.RingAsync();
    }

    /// <summary>What bots signed in as.</summary>
    private async Task DeleteClientsAsync(IEnumerable<AccountUser> bots, CancellationToken cancellationToken)
    {
        foreach (var bot in bots)
        {
            if (await clients.FindByClientIdAsync(bot.Id.ToString(), cancellationToken) is { } client)
            {
                await clients.DeleteAsync(client, cancellationToken);
            }
        }
    }

    private async Task LeaveAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var groups = await chat.Participants.Where(member => member.ChatUserId == userId)
            .Join(chat.Conversations.Where(c => c.Type == ConversationType.Group), member => member.ConversationId, c => c.Id, (_, c) => c.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in groups)
        {
            await LockedConversation.ChangeAsync(chat, id, (group, assistants) => Leave(group, userId, now, assistants), cancellationToken);
        }

        // What was said to the assistant alone is nobody's any more.
        var withAssistant = await chat.Participants.Where(member => member.ChatUserId == userId)
            .Join(chat.Conversations.Where(c => c.Type == ConversationType.Direct), member => member.ConversationId, c => c.Id, (_, c) => c.Id)
            .Where(id => chat.Participants.Any(other => other.ConversationId == id && chat.Users.Any(user => user.Id == other.ChatUserId && user.IsAssistant)))
            .ToListAsync(cancellationToken);
        foreach (var id in withAssistant)
        {
            await LockedConversation.ChangeAsync(chat, id, direct => direct.EndDirect(userId), cancellationToken);
        }
    }

    private static void Leave(Conversation group, Guid userId, DateTime now, IReadOnlyCollection<Guid> assistants)
    {
        // Someone may have removed them meanwhile.
        if (group.Participants.Any(member => member.ChatUserId == userId))
        {
            group.Leave(userId, now, assistants);
        }
    }

    private async Task ShutOutAsync(Guid userId, string subject, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var devices = await chat.Devices.Where(device => device.ChatUserId == userId && device.RemovedAt == null)
            .Select(device => device.Id).ToListAsync(cancellationToken);
        foreach (var deviceId in devices)
        {
            await chat.InTransactionAsync(
                token => RemoveDevice.RemoveAsync(chat, userId, deviceId, new SignInSession(subject, null, now), now, token), cancellationToken);
        }

        await chat.InTransactionAsync(
            async token =>
            {
                await AccountAccess.DisableAsync(chat, userId, now, token);
                (await chat.Users.SingleAsync(user => user.Id == userId, token)).Delete(now);
            },
            cancellationToken);
    }
}
