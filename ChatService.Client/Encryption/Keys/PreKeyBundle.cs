namespace ChatService.Client.Encryption.Keys;

/// <summary>
/// What a server hands out to start a session with a device (protocol §1). Nothing in it is trusted before
/// <see cref="Envelopes.MessageSealer"/> has verified both signatures and compared the identity with the pinned one.
/// </summary>
public sealed record PreKeyBundle
{
    public required Guid DeviceId { get; init; }

    /// <summary>64 bytes, <c>IK.pub ‖ SK_id.pub</c>.</summary>
    public required byte[] IdentityPublicKey { get; init; }

    public required uint SignedPreKeyId { get; init; }

    /// <summary>X25519, 32 bytes.</summary>
    public required byte[] SignedPreKey { get; init; }

    /// <summary>Ed25519, 64 bytes.</summary>
    public required byte[] SignedPreKeySignature { get; init; }

    public required uint KemPreKeyId { get; init; }

    /// <summary>ML-KEM-768, 1,184 bytes. A bundle without it is refused: there is no downgrade.</summary>
    public required byte[] KemPreKey { get; init; }

    /// <summary>Ed25519, 64 bytes.</summary>
    public required byte[] KemPreKeySignature { get; init; }

    /// <summary>Null when the device's one-time prekeys have run out.</summary>
    public uint? OneTimePreKeyId { get; init; }

    /// <summary>X25519, 32 bytes; present exactly when <see cref="OneTimePreKeyId"/> is.</summary>
    public byte[]? OneTimePreKey { get; init; }

    /// <summary>Checks sizes and both signatures, and gives the identity that made them.</summary>
    /// <exception cref="EncryptionException"><see cref="EncryptionError.UntrustedBundle"/></exception>
    public DeviceIdentity Verify()
    {
        if (IdentityPublicKey is not { Length: DeviceIdentity.PublicKeySize }
            || SignedPreKey is not { Length: 32 }
            || OneTimePreKeyId == PreKeyId.None
            || OneTimePreKeyId is null != OneTimePreKey is null
            || OneTimePreKey is not (null or { Length: 32 }))
            throw Untrusted("a key is missing or has a wrong size");
        if (KemPreKey is null || !Primitives.MlKem768.IsValidPublicKey(KemPreKey))
            throw Untrusted("its post-quantum prekey is missing or malformed");

        var identity = DeviceIdentity.FromPublicKey(IdentityPublicKey);
        if (!PreKeySignatures.Verify(identity, PreKeySignatures.SignedPreKeyInput(identity, SignedPreKeyId, SignedPreKey), SignedPreKeySignature))
            throw Untrusted("the signature of its signed prekey is wrong");
        if (!PreKeySignatures.Verify(identity, PreKeySignatures.KemPreKeyInput(identity, KemPreKeyId, KemPreKey), KemPreKeySignature))
            throw Untrusted("the signature of its post-quantum prekey is wrong");
        return identity;
    }

    private EncryptionException Untrusted(string why) =>
        new(EncryptionError.UntrustedBundle, $"The key bundle of device {DeviceId} is refused: {why}.") { DeviceIds = [DeviceId] };
}
