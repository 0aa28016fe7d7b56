using ChatService.Core.DomainEvents;

namespace ChatService.Core.Conversations;

/// <summary>A user became a member.</summary>
public sealed record UserJoinedRoomDomainEvent(Guid ConversationId, Guid UserId, Guid ActorId) : IDomainEvent;
