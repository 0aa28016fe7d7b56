using ChatService.Core.DomainEvents;
using ChatService.Core.Keys;

namespace ChatService.Core.Devices;

/// <summary>One of a user's one to six devices. It has its own keys; removing it keeps the row, so that its id is never used again.</summary>
public sealed class Device : AggregateRoot
{
    public required Guid Id { get; init; }

    public required Guid ChatUserId { get; init; }

    public required string Name { get; set; }

    public required DateTime CreatedAt { get; init; }

    public DateTime LastSeenAt { get; set; }

    public DateTime? RemovedAt { get; set; }

    /// <summary>It was not removed by anyone but not seen for too long, which its owner is told.</summary>
    public DateTime? RetiredAt { get; set; }

    public static Device Register(Guid id, Guid userId, string name, DateTime now)
    {
        var device = new Device { Id = id, ChatUserId = userId, Name = name, CreatedAt = now, LastSeenAt = now };
        device.KeysChanged();
        return device;
    }

    public void KeysChanged() => Raise(new UserKeyBundleUpdatedDomainEvent(ChatUserId, Id));

    public void Remove(DateTime now)
    {
        RemovedAt = now;
        KeysChanged();
        Raise(new DeviceRemovedDomainEvent(ChatUserId, Id));
    }

    public void Retire(DateTime now)
    {
        RetiredAt = now;
        Remove(now);
    }

    /// <summary>What follows for the user's conversations belongs to the same unit of work.</summary>
    internal void Follows(IDomainEvent domainEvent) => Raise(domainEvent);
}
