namespace ChatService.Contracts;

/// <summary>
/// What it takes to start a session with a device (protocol section 3). All keys and signatures are base64.
/// The receiver checks both signatures before use.
/// </summary>
/// <param name="IdentityPublicKey">64 bytes: X25519, then Ed25519.</param>
/// <param name="SignedPreKey">X25519, 32 bytes, with a 64-byte Ed25519 signature.</param>
/// <param name="KemPreKey">ML-KEM-768, 1,184 bytes, with a 64-byte Ed25519 signature.</param>
/// <param name="OneTimePreKeyId">Null, with <paramref name="OneTimePreKey"/>, when the device's pool is empty or the caller's limit is reached.</param>
public sealed record KeyBundle(
    Guid DeviceId,
    Guid UserId,
    string IdentityPublicKey,
    uint SignedPreKeyId,
    string SignedPreKey,
    string SignedPreKeySignature,
    uint KemPreKeyId,
    string KemPreKey,
    string KemPreKeySignature,
    uint? OneTimePreKeyId,
    string? OneTimePreKey);
