using ChatService.Core.DomainEvents;

namespace ChatService.Core.Conversations;

/// <summary>A member is typing, or stopped. Never stored.</summary>
public sealed record TypingDomainEvent(Guid ConversationId, Guid UserId, bool IsTyping, ConversationAudience Audience) : IDomainEvent;
