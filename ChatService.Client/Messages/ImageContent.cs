namespace ChatService.Client.Messages;

/// <summary>A picture, with its size in pixels so that space can be left for it.</summary>
public sealed record ImageContent(AttachmentInfo Attachment, int Width, int Height, string? Caption = null) : MessageContent
{
    public override string Type => "image";
}
