using ChatService.Client.Encryption;

namespace ChatService.Client.Messages;

/// <summary>A message for this device that could not be opened. It keeps its place, and never stops those after it.</summary>
public sealed record UndecryptableContent(EncryptionError Reason) : MessageContent
{
    public override string Type => "";
}
