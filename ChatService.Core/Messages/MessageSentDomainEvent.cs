using ChatService.Contracts;
using ChatService.Core.DomainEvents;

namespace ChatService.Core.Messages;

/// <summary>A message is committed.</summary>
/// <param name="AudienceEpoch">The audience it goes to.</param>
/// <param name="SenderConnectionId">Left out of the broadcast: it has the receipt. Null for system messages.</param>
public sealed record MessageSentDomainEvent(SealedMessage Message, int AudienceEpoch, string? SenderConnectionId) : IDomainEvent;
