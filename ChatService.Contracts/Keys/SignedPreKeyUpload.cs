namespace ChatService.Contracts;

/// <summary>A signed prekey (X25519, 32 bytes) or KEM prekey (ML-KEM-768, 1,184 bytes) with its 64-byte Ed25519 signature; base64.</summary>
public sealed record SignedPreKeyUpload(uint Id, string PublicKey, string Signature);
