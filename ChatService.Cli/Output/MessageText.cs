using System.Globalization;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Contracts;

namespace ChatService.Cli.Output;

/// <summary>A message in words.</summary>
internal static class MessageText
{
    public static string Time(ChatMessage message) => message.CreatedAt.ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Sender(ChatMessage message, Conversation? conversation) =>
        message.IsOwn ? "you" : conversation?.Member(message.SenderId)?.Handle is { } handle ? "@" + handle : "someone";

    public static string Of(ChatMessage message, Conversation? conversation) => message.Content switch
    {
        TextContent c => c.Text,
        ReplyContent c => $"↪ {c.Text}",
        AssistantPromptContent c => c.Text,
        EditContent c => $"(edited) {c.Text}",
        DeleteContent => "(asks to delete an earlier message)",
        ReactionContent c => c.Removed ? $"(takes {c.Emoji} back)" : $"(reacts with {c.Emoji})",
        ImageContent c => $"[image {c.Attachment.Name}] {c.Caption}",
        FileContent c => $"[file {c.Attachment.Name}] {c.Caption}",
        SystemContent c => $"({Of(c.Event, conversation)})",
        UnsupportedContent c => $"(a message of type '{c.DeclaredType}', which this version does not support)",
        UndecryptableContent c => $"(a message that cannot be opened: {c.Reason})",
        MissingContent c => $"({c.Count} messages are missing: the server left them out)",
        _ => "",
    };

    private static string Of(SystemEvent e, Conversation? conversation)
    {
        var actor = Name(e.ActorId, conversation);
        var subject = e.SubjectId is { } id ? Name(id, conversation) : "";
        return e.Kind switch
        {
            SystemEventKind.ConversationCreated => $"{actor} opened the conversation",
            SystemEventKind.ConversationRenamed => $"{actor} named it '{e.Value}'",
            SystemEventKind.AvatarChanged => $"{actor} changed the picture",
            SystemEventKind.MemberAdded => $"{actor} added {subject}",
            SystemEventKind.MemberRemoved => $"{actor} removed {subject}",
            SystemEventKind.MemberLeft => $"{actor} left",
            SystemEventKind.RoleChanged => $"{actor} made {subject} {e.Value}",
            SystemEventKind.OwnershipTransferred => $"{actor} made {subject} the owner",
            SystemEventKind.DeviceAdded => $"{actor} has a new device",
            SystemEventKind.DeviceRemoved => $"{actor} removed a device",
            SystemEventKind.TimerChanged => $"{actor} changed the timer",
            _ => "something happened that this version does not know",
        };
    }

    private static string Name(Guid userId, Conversation? conversation) =>
        userId == conversation?.Me ? "you" : conversation?.Member(userId)?.Handle is { } handle ? "@" + handle : "someone";
}
