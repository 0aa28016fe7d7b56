using ChatService.Core.DomainEvents;

namespace ChatService.Core.Conversations;

/// <summary>A user is no longer a member: left, or removed by the actor.</summary>
public sealed record UserLeftRoomDomainEvent(Guid ConversationId, Guid UserId, Guid ActorId) : IDomainEvent;
