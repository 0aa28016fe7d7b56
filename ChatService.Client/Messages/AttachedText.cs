namespace ChatService.Client.Messages;

/// <summary>An earlier message that the asker sends along with a prompt: a copy of its text.</summary>
/// <param name="From">Who wrote it, as the asker names them.</param>
public sealed record AttachedText(string From, string Text);
