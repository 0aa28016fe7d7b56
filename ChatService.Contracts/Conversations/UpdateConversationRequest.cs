namespace ChatService.Contracts;

/// <summary>Changes a group's name, avatar or both; for the Owner and Admins.</summary>
/// <param name="Name">1 to <see cref="Limits.NameLength"/> characters; null leaves it.</param>
/// <param name="AvatarUrl">An absolute https address of at most <see cref="Limits.AvatarUrlLength"/> characters; null leaves it, an empty text takes it away.</param>
public sealed record UpdateConversationRequest(string? Name = null, string? AvatarUrl = null);
