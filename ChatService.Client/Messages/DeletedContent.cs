namespace ChatService.Client.Messages;

/// <summary>The author took the message back for everyone; what it said is not on this device any more.</summary>
public sealed record DeletedContent : MessageContent
{
    public override string Type => "";
}
