namespace ChatService.Client.Messages;

/// <summary>
/// Messages that are not there, in a conversation whose messages disappear or once did: their time was over before this device
/// asked. As trustworthy as the server, which could pass off as disappeared what it withholds.
/// </summary>
/// <param name="Count">How many sequences are missing, from this entry's own on.</param>
public sealed record DisappearedContent(long Count) : MessageContent
{
    public override string Type => "";
}
