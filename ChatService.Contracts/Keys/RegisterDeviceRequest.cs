namespace ChatService.Contracts;

/// <summary>Registers a device under the id in the route, a UUIDv7 made by the device. Repeating the very same request is harmless.</summary>
/// <param name="Name">1 to <see cref="Limits.NameLength"/> characters, shown to the owner only.</param>
/// <param name="IdentityPublicKey">Base64 of 64 bytes; never changes afterwards.</param>
/// <param name="OneTimePreKeys">At most <see cref="Limits.OneTimePreKeysPerDevice"/>.</param>
public sealed record RegisterDeviceRequest(
    string Name,
    string IdentityPublicKey,
    SignedPreKeyUpload SignedPreKey,
    SignedPreKeyUpload KemPreKey,
    IReadOnlyList<OneTimePreKeyUpload> OneTimePreKeys);
