using ChatService.Contracts;
using ChatService.Core.Conversations;

namespace ChatService.Hub.Receipts;

/// <summary>What became of a mark.</summary>
/// <param name="Found">False: not a member, or no such message for this member.</param>
/// <param name="Moved">Null when the marker already was there or further.</param>
public readonly record struct ReceiptOutcome(bool Found, ReceiptUpdate? Moved, ConversationAudience Audience);
