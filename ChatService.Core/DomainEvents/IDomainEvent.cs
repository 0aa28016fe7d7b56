namespace ChatService.Core.DomainEvents;

/// <summary>Something that has happened. Raised by an aggregate, handled after the transaction that made it true has committed.</summary>
public interface IDomainEvent;
