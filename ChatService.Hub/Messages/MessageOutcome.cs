using ChatService.Contracts;
using ChatService.Core.Conversations;

namespace ChatService.Hub.Messages;

/// <summary>What became of a message in its transaction.</summary>
public readonly record struct MessageOutcome(MessageVerdict Verdict, MessageReceipt? Receipt, ConversationAudience Audience);
