namespace ChatService.Contracts;

/// <summary>One of the caller's own devices.</summary>
public sealed record DeviceInfo(Guid Id, string Name, string IdentityPublicKey, DateTime CreatedAt, DateTime LastSeenAt);
