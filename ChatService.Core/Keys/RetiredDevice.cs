namespace ChatService.Core.Keys;

/// <summary>A device that was retired, and the conversations whose delivery lists it has left.</summary>
public sealed record RetiredDevice(Guid UserId, Guid DeviceId, Guid[] Conversations);
