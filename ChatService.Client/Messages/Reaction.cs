namespace ChatService.Client.Messages;

/// <summary>An emoji under a message.</summary>
/// <param name="UserIds">Who put it there, in the order in which they did.</param>
public sealed record Reaction(string Emoji, IReadOnlyList<Guid> UserIds);
