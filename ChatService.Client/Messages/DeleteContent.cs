namespace ChatService.Client.Messages;

/// <summary>Asks to forget an earlier message. Only its author's wish counts, and a device that already showed it cannot be made to un-see it.</summary>
public sealed record DeleteContent(Guid Target) : MessageContent
{
    public override string Type => "delete";
}
