using ChatService.Core.DomainEvents;

namespace ChatService.Core.Devices;

/// <summary>A device lost its access: its connections end at once.</summary>
public sealed record DeviceRemovedDomainEvent(Guid UserId, Guid DeviceId) : IDomainEvent;
