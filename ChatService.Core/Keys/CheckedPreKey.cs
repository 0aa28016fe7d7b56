namespace ChatService.Core.Keys;

/// <summary>A signed or KEM prekey whose form and signature have been checked.</summary>
public sealed record CheckedPreKey(long Id, byte[] PublicKey, byte[] Signature);
