namespace ChatService.Contracts;

/// <summary>Somebody whom the caller has blocked.</summary>
public sealed record BlockedUser(Guid UserId, string Handle, string DisplayName, DateTime BlockedAt);
