namespace ChatService.Contracts;

/// <summary>A one-time prekey: X25519, 32 bytes, base64.</summary>
public sealed record OneTimePreKeyUpload(uint Id, string PublicKey);
