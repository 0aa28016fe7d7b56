using ChatService.Core.Conversations;

namespace ChatService.Hub.Rooms;

/// <summary>A conversation from where one member stands.</summary>
public readonly record struct Room(Guid ConversationId, ConversationAudience Audience, long LastSequence, long VisibleAfter);
