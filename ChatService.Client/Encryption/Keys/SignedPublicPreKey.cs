namespace ChatService.Client.Encryption.Keys;

/// <summary>A signed prekey (X25519, 32 bytes) or KEM prekey (ML-KEM-768, 1,184 bytes) as it is uploaded.</summary>
/// <param name="Signature">Ed25519, 64 bytes (protocol §1).</param>
public sealed record SignedPublicPreKey(uint Id, byte[] PublicKey, byte[] Signature, DateTimeOffset CreatedAt);
