using ChatService.Contracts;
using ChatService.Core.DomainEvents;

namespace ChatService.Core.Messages;

/// <summary>A member's read marker moved.</summary>
public sealed record MessageReadDomainEvent(ReceiptUpdate Receipt, int AudienceEpoch) : IDomainEvent;
