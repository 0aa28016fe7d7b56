namespace ChatService.Client.Messages;

/// <summary>A message is not what it was.</summary>
/// <param name="ByUserId">Who changed it; null when its time was over.</param>
/// <param name="Message">As it is now; null when it is gone.</param>
/// <param name="Cause">The content that changed it (an edit, a deletion, a reaction); null when its time was over.</param>
public sealed record MessageChange(
    MessageChangeKind Kind, Guid ConversationId, Guid MessageId, Guid? ByUserId, ChatMessage? Message, MessageContent? Cause);
