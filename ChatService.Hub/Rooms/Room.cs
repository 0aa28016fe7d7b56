using ChatService.Core.Conversations;

namespace ChatService.Hub.Rooms;

/// <summary>A conversation from where one member stands.</summary>
/// <param name="IsBlocked">A direct conversation in which one has blocked the other: typing and presence are not told in it.</param>
public readonly record struct Room(Guid ConversationId, ConversationAudience Audience, long LastSequence, long VisibleAfter, bool IsBlocked);
