using ChatService.Core.DomainEvents;

namespace ChatService.Core.Keys;

/// <summary>A device's pool runs dry: only the device itself is told.</summary>
public sealed record OneTimePreKeysLowDomainEvent(Guid UserId, Guid DeviceId, int Remaining) : IDomainEvent;
