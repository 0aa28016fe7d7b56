using ChatService.Core.DomainEvents;

namespace ChatService.Core.Conversations;

/// <summary>A conversation exists. Its members are told.</summary>
public sealed record ConversationCreatedDomainEvent(Guid ConversationId, Guid CreatorId, IReadOnlyList<Guid> MemberIds) : IDomainEvent;
