namespace ChatService.Core.Devices;

/// <summary>One of a user's one to six devices. It has its own keys; removing it keeps the row, so that its id is never used again.</summary>
public sealed class Device
{
    public required Guid Id { get; init; }

    public required Guid ChatUserId { get; init; }

    public required string Name { get; set; }

    public required DateTime CreatedAt { get; init; }

    public DateTime LastSeenAt { get; set; }

    public DateTime? RemovedAt { get; set; }
}
