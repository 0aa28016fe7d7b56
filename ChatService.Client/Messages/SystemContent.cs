using ChatService.Contracts;

namespace ChatService.Client.Messages;

/// <summary>Something the server says about the conversation: a member came, a device was added. Not sealed, so as trustworthy as the server.</summary>
public sealed record SystemContent(SystemEvent Event) : MessageContent
{
    public override string Type => "system";
}
