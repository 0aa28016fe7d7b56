namespace ChatService.Client.Encryption.Keys;

/// <summary>A one-time prekey as it is uploaded.</summary>
/// <param name="Id">Never used twice by a device.</param>
/// <param name="PublicKey">X25519, 32 bytes.</param>
public sealed record PublicPreKey(uint Id, byte[] PublicKey);
