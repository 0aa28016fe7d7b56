using ChatService.Contracts;
using ChatService.Core.DomainEvents;
using ChatService.Core.Messages;
using ChatService.Core.Storage;
using ChatService.Hub.Realtime;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Messages;

/// <summary>
/// A sender who repeats a stored message over a later connection has lost its hub, which may have died after the commit and before
/// it told the members. So they are told now. Who knows the message already sees by its sequence that it does.
/// </summary>
public sealed class MessageRetelling(IServiceScopeFactory scopes, DomainEventDispatcher dispatcher)
{
    public async Task TellAsync(ConnectedDevice sender, MessageReceipt receipt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(receipt);
        if (receipt.CreatedAt >= sender.ConnectedAt)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ChatDbContext>();
        var stored = await db.Messages.AsNoTracking()
            .Where(message => message.ConversationId == receipt.ConversationId && message.Sequence == receipt.Sequence)
            .Join(db.Conversations, message => message.ConversationId, conversation => conversation.Id, (message, conversation) => new { message, conversation })
            .SingleOrDefaultAsync(cancellationToken);
        if (stored is not null)
        {
            await dispatcher.DispatchAsync(
                new MessageSentDomainEvent(stored.message.ToSealedMessage(), stored.conversation.Audience, sender.ConnectionId), cancellationToken);
        }
    }
}
