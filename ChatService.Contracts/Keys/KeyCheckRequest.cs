namespace ChatService.Contracts;

/// <summary>
/// Asks whether the server has the keys that the device thinks it has.
/// </summary>
/// <param name="Digest">Base64 of SHA-256 over <c>IdentityPublicKey ‖ u32(SignedPreKeyId) ‖ SignedPreKey ‖ u32(KemPreKeyId) ‖ KemPreKey</c>, integers big-endian.</param>
public sealed record KeyCheckRequest(string Digest);
