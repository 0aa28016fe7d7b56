using ChatService.Contracts;
using ChatService.Core.DomainEvents;
using ChatService.Core.Users;
using ChatService.Hub.Messages;
using ChatService.Hub.Realtime;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Hub.Blocks;

/// <summary>
/// Tells the user's own devices. To each other, the two are offline until they next ask: to whom is blocked that is all
/// there is to see.
/// </summary>
public sealed class BlocksChangedHandler(IHubContext<ChatHub, IChatHubClient> hub, DeliveryLists lists) : IDomainEventHandler<BlocksChangedDomainEvent>
{
    public async Task HandleAsync(BlocksChangedDomainEvent domainEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(domainEvent);
        if (domainEvent.ConversationId is { } conversationId)
        {
            lists.Forget(conversationId);
        }

        var (user, other) = (domainEvent.UserId, domainEvent.OtherId);
        await hub.Clients.Group(Audience.OfUser(user)).BlocksChanged();
        if (domainEvent.ConversationId is not null)
        {
            await hub.Clients.Group(Audience.OfUser(user)).PresenceChanged(new PresenceUpdate(other, PresenceStatus.Offline, null));
            await hub.Clients.Group(Audience.OfUser(other)).PresenceChanged(new PresenceUpdate(user, PresenceStatus.Offline, null));
        }
    }
}
