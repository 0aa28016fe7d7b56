namespace ChatService.Contracts;

/// <summary>What the server has for a device.</summary>
public sealed record KeyCount(int OneTimePreKeys, uint SignedPreKeyId, uint KemPreKeyId, DateTime SignedPreKeyCreatedAt);
