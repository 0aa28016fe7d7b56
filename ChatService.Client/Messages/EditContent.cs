namespace ChatService.Client.Messages;

/// <summary>Replaces the text of an earlier message. Only its author's edits count.</summary>
public sealed record EditContent(Guid Target, string Text) : MessageContent
{
    public override string Type => "edit";
}
