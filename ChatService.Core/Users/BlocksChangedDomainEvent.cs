using ChatService.Core.DomainEvents;

namespace ChatService.Core.Users;

/// <summary>A user has blocked another, or no longer does. Told to the user's own devices only.</summary>
/// <param name="ConversationId">The two users' direct conversation, where there is one.</param>
public sealed record BlocksChangedDomainEvent(Guid UserId, Guid OtherId, Guid? ConversationId) : IDomainEvent;
