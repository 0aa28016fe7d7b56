namespace ChatService.Client.Messages;

/// <summary>Text in answer to an earlier message of the same conversation.</summary>
/// <param name="ReplyTo">The earlier message's id. It may not be on this device.</param>
public sealed record ReplyContent(Guid ReplyTo, string Text) : MessageContent
{
    public override string Type => "reply";
}
