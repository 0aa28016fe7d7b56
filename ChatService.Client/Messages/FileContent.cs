namespace ChatService.Client.Messages;

/// <summary>A file of any kind.</summary>
public sealed record FileContent(AttachmentInfo Attachment, string? Caption = null) : MessageContent
{
    public override string Type => "file";
}
