using ChatService.Core.DomainEvents;

namespace ChatService.Core.Keys;

/// <summary>A user's device was added, removed, or has new prekeys.</summary>
public sealed record UserKeyBundleUpdatedDomainEvent(Guid UserId, Guid DeviceId) : IDomainEvent;
