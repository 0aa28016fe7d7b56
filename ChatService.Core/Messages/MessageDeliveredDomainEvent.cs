using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Core.DomainEvents;

namespace ChatService.Core.Messages;

/// <summary>A member's delivered marker moved.</summary>
/// <param name="IsShared">False: the member lets nobody see it.</param>
public sealed record MessageDeliveredDomainEvent(ReceiptUpdate Receipt, ConversationAudience Audience, bool IsShared) : IDomainEvent;
