using ChatService.Contracts;

namespace ChatService.Client.Assistant;

/// <summary>An answer of the assistant while it is being written, for show only: the answer itself comes as a message.</summary>
/// <param name="PromptId">The id of the message that asked.</param>
/// <param name="Text">What has come so far; where a piece was lost, an ellipsis.</param>
/// <param name="Error">Set when no more will come now: the sentence says what becomes of the question.</param>
public sealed record AssistantAnswer(Guid ConversationId, Guid PromptId, string Text, ChatError? Error = null);
