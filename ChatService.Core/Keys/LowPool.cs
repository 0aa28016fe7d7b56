namespace ChatService.Core.Keys;

/// <summary>A device and how many one-time prekeys it has left.</summary>
public sealed record LowPool(Guid DeviceId, int Remaining);
