using ChatService.Contracts;
using ChatService.Core.DomainEvents;
using ChatService.Core.Messages;
using ChatService.Hub.Realtime;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Hub.Receipts;

/// <summary>Shows moved markers to the room.</summary>
public sealed class ReceiptHandlers(IHubContext<ChatHub, IChatHubClient> hub, BackplaneMonitor backplane) :
    IDomainEventHandler<MessageDeliveredDomainEvent>,
    IDomainEventHandler<MessageReadDomainEvent>
{
    public Task HandleAsync(MessageDeliveredDomainEvent domainEvent, CancellationToken cancellationToken) =>
        backplane.IsAvailable
            ? Room(domainEvent.Receipt, domainEvent.AudienceEpoch).MessageDelivered(domainEvent.Receipt)
            : Task.CompletedTask;

    public Task HandleAsync(MessageReadDomainEvent domainEvent, CancellationToken cancellationToken) =>
        backplane.IsAvailable
            ? Room(domainEvent.Receipt, domainEvent.AudienceEpoch).MessageRead(domainEvent.Receipt)
            : Task.CompletedTask;

    private IChatHubClient Room(ReceiptUpdate receipt, int epoch) => hub.Clients.Group(Audience.Of(receipt.ConversationId, epoch));
}
