namespace ChatService.Core.Keys;

/// <summary>A device's public keys (protocol section 1). Private halves never leave the device.</summary>
public sealed class UserKeyBundle
{
    public required Guid DeviceId { get; init; }

    /// <summary>64 bytes: X25519, then Ed25519.</summary>
    public required byte[] IdentityPublicKey { get; init; }

    public required long SignedPreKeyId { get; set; }

    /// <summary>X25519, 32 bytes.</summary>
    public required byte[] SignedPreKey { get; set; }

    public required byte[] SignedPreKeySignature { get; set; }

    /// <summary>When the server took it: the age that rotation goes by.</summary>
    public required DateTime SignedPreKeyTimestamp { get; set; }

    public required long KemPreKeyId { get; set; }

    /// <summary>ML-KEM-768, 1,184 bytes.</summary>
    public required byte[] KemPreKey { get; set; }

    public required byte[] KemPreKeySignature { get; set; }
}
