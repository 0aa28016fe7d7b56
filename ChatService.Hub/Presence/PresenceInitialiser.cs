using ChatService.Contracts;
using ChatService.Core.DomainEvents;
using ChatService.Core.Users;

namespace ChatService.Hub.Presence;

/// <summary>A new user begins offline, seen when they came (coarsely), as everyone who looks them up will see.</summary>
public sealed class PresenceInitialiser(PresenceAnnouncer announcer) : IDomainEventHandler<ChatUserCreatedDomainEvent>
{
    public Task HandleAsync(ChatUserCreatedDomainEvent domainEvent, CancellationToken cancellationToken) =>
        announcer.AnnounceAsync(domainEvent.UserId, PresenceStatus.Offline, cancellationToken);
}
