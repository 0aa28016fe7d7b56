namespace ChatService.Contracts;

/// <summary>A user of its own that belongs to the caller and signs in with client credentials.</summary>
/// <param name="Handle">As in <see cref="UserProfile"/>.</param>
/// <param name="DisplayName">1 to <see cref="Limits.NameLength"/> characters; the handle when null.</param>
public sealed record CreateBotRequest(string Handle, string? DisplayName = null);
