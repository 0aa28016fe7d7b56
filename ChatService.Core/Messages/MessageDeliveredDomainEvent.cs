using ChatService.Contracts;
using ChatService.Core.DomainEvents;

namespace ChatService.Core.Messages;

/// <summary>A member's delivered marker moved.</summary>
public sealed record MessageDeliveredDomainEvent(ReceiptUpdate Receipt, int AudienceEpoch) : IDomainEvent;
