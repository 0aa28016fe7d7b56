using ChatService.Client.Messages;

namespace ChatService.Cli.Interactive;

/// <summary>Messages that something can be done with.</summary>
internal static class Said
{
    public static bool ByAnyone(ChatMessage message) =>
        message.Target is null && message.Content is not (SystemContent or MissingContent or DisappearedContent or DeletedContent);

    public static bool ByOthers(ChatMessage message) => ByAnyone(message) && !message.IsOwn;

    public static bool ByMe(ChatMessage message) => ByAnyone(message) && message.IsOwn;
}
