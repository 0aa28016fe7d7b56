namespace ChatService.Client.Messages;

/// <summary>An emoji put on an earlier message, or taken back.</summary>
/// <param name="Emoji">One grapheme.</param>
public sealed record ReactionContent(Guid Target, string Emoji, bool Removed = false) : MessageContent
{
    public override string Type => "reaction";
}
