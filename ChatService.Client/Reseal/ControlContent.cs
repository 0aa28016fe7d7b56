using ChatService.Client.Messages;

namespace ChatService.Client.Reseal;

/// <summary>What devices say to each other within a conversation, and no person does.</summary>
internal static class ControlContent
{
    public static bool Is(MessageContent content) => content is ResealRequestContent or ResealContent;
}
