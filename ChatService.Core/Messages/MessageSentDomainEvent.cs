using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Core.DomainEvents;

namespace ChatService.Core.Messages;

/// <summary>A message is committed.</summary>
/// <param name="Audience">The audience it goes to.</param>
/// <param name="SenderConnectionId">Left out of the broadcast: it has the receipt. Null for system messages.</param>
public sealed record MessageSentDomainEvent(SealedMessage Message, ConversationAudience Audience, string? SenderConnectionId) : IDomainEvent;
