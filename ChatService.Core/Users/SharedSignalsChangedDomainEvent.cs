using ChatService.Core.DomainEvents;

namespace ChatService.Core.Users;

/// <summary>A user switched something on or off: their connections belong into other audiences from now on.</summary>
public sealed record SharedSignalsChangedDomainEvent(Guid UserId, SharedSignals Before, SharedSignals Now) : IDomainEvent;
