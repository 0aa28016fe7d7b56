using ChatService.Core.Users;

namespace ChatService.Hub.Rooms;

/// <summary>The audience of a conversation that a connection is in.</summary>
public readonly record struct JoinedAudience(int Epoch, SharedSignals Shared);
