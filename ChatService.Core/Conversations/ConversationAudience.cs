namespace ChatService.Core.Conversations;

/// <summary>Who hears a conversation live, at one moment.</summary>
/// <param name="Epoch">Moves when someone loses access.</param>
/// <param name="Quiet">The audiences beside the ordinary one: <see cref="Conversation.QuietAudiences"/>.</param>
public readonly record struct ConversationAudience(int Epoch, int Quiet);
