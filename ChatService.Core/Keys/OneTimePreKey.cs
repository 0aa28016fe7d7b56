namespace ChatService.Core.Keys;

/// <summary>A one-time prekey, handed out at most once; used ones are deleted by the Worker.</summary>
public sealed class OneTimePreKey
{
    public required Guid DeviceId { get; init; }

    public required long KeyId { get; init; }

    /// <summary>X25519, 32 bytes.</summary>
    public required byte[] PublicKey { get; init; }

    public bool IsUsed { get; set; }

    public required DateTime CreatedAt { get; init; }
}
