namespace ChatService.Core.DomainEvents;

/// <summary>
/// Tells the world about an event. What a handler does may be lost (the process may die right before it): whatever must
/// not be lost is in the transaction, and clients find it by catching up.
/// </summary>
public interface IDomainEventHandler<in TEvent>
    where TEvent : IDomainEvent
{
    Task HandleAsync(TEvent domainEvent, CancellationToken cancellationToken);
}
