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
        message.IsOwn ? "you" : conversation?.Known(message.SenderId)?.Handle is { } handle ? "@" + handle : "someone";

    /// <param name="number">The message's number on the screen.</param>
    /// <param name="replyTo">The number of the message that it answers; null: it is not on the screen.</param>
    public static string Of(ChatMessage message, Conversation? conversation, int? number = null, int? replyTo = null) => message.Content switch
    {
        TextContent c => c.Text,
        ReplyContent c when conversation?.Member(message.SenderId) is { IsAssistant: true } => c.Text,
        ReplyContent c => $"↪ {(replyTo is { } n ? n : "…")} {c.Text}",
        AssistantPromptContent c => conversation is { IsWithAssistant: true } ? Of(c) : $"@gpt {Of(c)}",
        ImageContent c => File("image", c.Attachment, $", {c.Width}×{c.Height}", c.Caption, number),
        FileContent c => File("file", c.Attachment, "", c.Caption, number),
        SystemContent c => $"({Of(c.Event, conversation)})",
        DeletedContent => $"({Sender(message, conversation)} deleted a message)",
        DisappearedContent c => $"({(c.Count == 1 ? "a message" : $"{c.Count} messages")} disappeared before this device saw {(c.Count == 1 ? "it" : "them")})",
        UnsupportedContent c => $"(a message of type '{c.DeclaredType}', which this version does not support)",
        UndecryptableContent c => $"(a message that cannot be opened: {c.Reason})",
        MissingContent c => $"({Messages(c.Count)} missing: the server left {(c.Count == 1 ? "it" : "them")} out)",
        _ => "",
    };

    /// <summary>What somebody did to an earlier message.</summary>
    /// <param name="number">That message's number; null: it is not on the screen.</param>
    public static string Change(Guid userId, MessageContent change, Conversation? conversation, int? number)
    {
        var (who, target) = (Name(userId, conversation), number is { } n ? $"{n}" : "an earlier message");
        return change switch
        {
            EditContent c => $"{who} edited {target}: {c.Text}",
            DeleteContent => $"{who} deleted {target}",
            ReactionContent { Removed: true } c => $"{who} took {c.Emoji} back from {target}",
            ReactionContent c => $"{who} reacted to {target} with {c.Emoji}",
            _ => "",
        };
    }

    /// <summary>What else there is to a message: edited, reactions.</summary>
    public static string Marks(ChatMessage message) =>
        (message.EditedAt is null ? "" : " (edited)")
        + string.Concat(message.Reactions.Select(reaction => $" {reaction.Emoji}{(reaction.UserIds.Count > 1 ? $" {reaction.UserIds.Count}" : "")}"));

    private static string File(string kind, AttachmentInfo file, string more, string? caption, int? number) =>
        $"[{kind} {file.Name}, {FileSizes.Of(file.Size)}{more}{(number is { } n ? $": /save {n}" : "")}]{(caption is null ? "" : " " + caption)}";

    private static string Messages(long count) => count == 1 ? "a message is" : $"{count} messages are";

    private static string Of(AssistantPromptContent prompt) =>
        prompt.Attached is { Count: > 0 and var count } ? $"{prompt.Text} (with {count} earlier message{(count == 1 ? "" : "s")})" : prompt.Text;

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
            SystemEventKind.RoleChanged => $"{actor} made {subject} {(e.Value == nameof(ParticipantRole.Admin) ? "an admin" : "a member")}",
            SystemEventKind.OwnershipTransferred => $"{actor} made {subject} the owner",
            SystemEventKind.DeviceAdded => e.ActorId == conversation?.Me ? "you have a new device" : $"{actor} has a new device",
            SystemEventKind.DeviceRemoved => $"{actor} removed a device",
            SystemEventKind.TimerChanged => int.TryParse(e.Value, CultureInfo.InvariantCulture, out var seconds)
                ? $"{actor} set messages to disappear after {Durations.Of(TimeSpan.FromSeconds(seconds))}"
                : $"{actor} set messages to stay",
            _ => "something happened that this version does not know",
        };
    }

    private static string Name(Guid userId, Conversation? conversation) =>
        userId == conversation?.Me ? "you" : conversation?.Known(userId)?.Handle is { } handle ? "@" + handle : "someone";
}
