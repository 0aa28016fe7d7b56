namespace ChatService.Client.Messages;

/// <summary>The server left out messages when it was asked for everything: a visible hole rather than a silent one.</summary>
/// <param name="Count">How many sequences are missing, from this entry's own on.</param>
public sealed record MissingContent(long Count) : MessageContent
{
    public override string Type => "";
}
