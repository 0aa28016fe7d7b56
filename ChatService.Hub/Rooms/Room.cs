namespace ChatService.Hub.Rooms;

/// <summary>A conversation from where one member stands.</summary>
public readonly record struct Room(Guid ConversationId, int Epoch, long LastSequence, long VisibleAfter);
