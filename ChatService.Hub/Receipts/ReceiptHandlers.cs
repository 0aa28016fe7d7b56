using ChatService.Contracts;
using ChatService.Core.DomainEvents;
using ChatService.Core.Messages;
using ChatService.Core.Users;
using ChatService.Hub.Realtime;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Hub.Receipts;

/// <summary>Shows moved markers to those members who show theirs, and what one device has read to its owner's others in any case.</summary>
public sealed class ReceiptHandlers(IHubContext<ChatHub, IChatHubClient> hub) :
    IDomainEventHandler<MessageDeliveredDomainEvent>,
    IDomainEventHandler<MessageReadDomainEvent>
{
    public Task HandleAsync(MessageDeliveredDomainEvent domainEvent, CancellationToken cancellationToken) =>
        domainEvent.IsShared
            ? hub.Clients.Room(domainEvent.Receipt.ConversationId, domainEvent.Audience, SharedSignals.Receipts).MessageDelivered(domainEvent.Receipt)
            : Task.CompletedTask;

    public Task HandleAsync(MessageReadDomainEvent domainEvent, CancellationToken cancellationToken) =>
        domainEvent.IsShared
            ? hub.Clients.Room(domainEvent.Receipt.ConversationId, domainEvent.Audience, SharedSignals.Receipts).MessageRead(domainEvent.Receipt)
            : hub.Clients.Group(Audience.OfUser(domainEvent.Receipt.UserId)).MessageRead(domainEvent.Receipt);
}
