using ChatService.Contracts;
using ChatService.Core.DomainEvents;
using ChatService.Core.Messages;
using ChatService.Hub.Realtime;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Hub.Messages;

/// <summary>Broadcasts a committed message. The conversation's last activity moved in the message's own transaction.</summary>
public sealed class MessageSentHandler(IHubContext<ChatHub, IChatHubClient> hub) : IDomainEventHandler<MessageSentDomainEvent>
{
    public Task HandleAsync(MessageSentDomainEvent domainEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(domainEvent);
        var message = domainEvent.Message;
        return domainEvent.SenderConnectionId is { } sender
            ? hub.Clients.TellRoomExceptAsync(message.ConversationId, domainEvent.Audience, [sender], members => members.ReceiveMessage(message))
            : hub.Clients.Room(message.ConversationId, domainEvent.Audience).ReceiveMessage(message);
    }
}
