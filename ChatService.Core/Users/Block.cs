namespace ChatService.Core.Users;

/// <summary>A user wants nothing from another.</summary>
public sealed class Block
{
    public required Guid BlockerId { get; init; }

    public required Guid BlockedId { get; init; }

    public required DateTime CreatedAt { get; init; }
}
