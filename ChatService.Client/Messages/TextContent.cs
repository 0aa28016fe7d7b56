namespace ChatService.Client.Messages;

/// <summary>Plain text. About 180 kB of UTF-8 fit into an envelope beside the wraps of 32 devices.</summary>
public sealed record TextContent(string Text) : MessageContent
{
    public override string Type => "text";
}
