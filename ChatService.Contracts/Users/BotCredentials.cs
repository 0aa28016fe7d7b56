namespace ChatService.Contracts;

/// <param name="ClientSecret">Shown this once; the server keeps a hash.</param>
public sealed record BotCredentials(UserProfile User, string ClientId, string ClientSecret);
