using ChatService.Core.DomainEvents;

namespace ChatService.Core.Conversations;

/// <summary>Members, roles, name or avatar changed.</summary>
public sealed record ConversationChangedDomainEvent(Guid ConversationId) : IDomainEvent;
