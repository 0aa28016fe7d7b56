namespace ChatService.Contracts;

/// <summary>What anyone with an account may learn of a user whose exact handle they know.</summary>
/// <param name="Handle">3 to 32 of a-z, 0-9, '.', '_' and '-', lower case, beginning with a letter; without the @.</param>
public sealed record UserProfile(Guid Id, string Handle, string DisplayName, string? AvatarUrl);
