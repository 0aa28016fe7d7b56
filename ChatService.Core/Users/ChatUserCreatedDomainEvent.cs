using ChatService.Core.DomainEvents;

namespace ChatService.Core.Users;

public sealed record ChatUserCreatedDomainEvent(Guid UserId) : IDomainEvent;
