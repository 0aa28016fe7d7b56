namespace ChatService.Core.Keys;

/// <summary>A signed or KEM prekey that has been replaced. Kept for a while so that its id cannot come back.</summary>
public sealed class SupersededPreKey
{
    public required Guid DeviceId { get; init; }

    public required bool IsKem { get; init; }

    public required long KeyId { get; init; }

    public required DateTime SupersededAt { get; init; }
}
