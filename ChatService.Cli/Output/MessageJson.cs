using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatService.Client.Attachments;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;

namespace ChatService.Cli.Output;

/// <summary>A message as one line of JSON, for scripts and bots. The fields are part of the command line's contract (docs/cli.md).</summary>
internal static class MessageJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ChatMessage message, Conversation? conversation)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", message.Id);
            json.WriteString("conversation", message.ConversationId);
            json.WriteString("conversationType", conversation?.Type.ToString());
            json.WriteString("senderId", message.SenderId);
            json.WriteString("sender", conversation?.Known(message.SenderId)?.Handle);
            json.WriteBoolean("own", message.IsOwn);
            if (message.Sequence is { } sequence)
                json.WriteNumber("sequence", sequence);
            json.WriteString("at", message.CreatedAt);
            json.WriteString("type", TypeOf(message.Content));
            json.WriteString("text", (message.Content as EditContent)?.Text ?? message.Text);
            WriteRelations(json, message);
            if (message.Attachment is { } file)
                WriteFile(json, file, message.Content as ImageContent);
            if (message.Content.ToJson() is { } content)
            {
                json.WritePropertyName("content");
                json.WriteRawValue(content);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.WrittenSpan);
    }

    /// <summary>What a message answers or changes, and what was done to it.</summary>
    private static void WriteRelations(Utf8JsonWriter json, ChatMessage message)
    {
        if (message.ReplyTo is { } answered)
            json.WriteString("replyTo", answered);
        if (message.Target is { } target)
            json.WriteString("target", target);
        if (message.Content is ReactionContent reaction)
        {
            json.WriteString("emoji", reaction.Emoji);
            json.WriteBoolean("removed", reaction.Removed);
        }

        if (message.EditedAt is { } editedAt)
            json.WriteString("editedAt", editedAt);
        if (message.ExpiresAt is { } expiresAt)
            json.WriteString("expiresAt", expiresAt);
        if (message.Reactions.Count == 0)
            return;
        json.WriteStartArray("reactions");
        foreach (var (emoji, userIds) in message.Reactions)
        {
            json.WriteStartObject();
            json.WriteString("emoji", emoji);
            json.WriteStartArray("userIds");
            foreach (var userId in userIds)
                json.WriteStringValue(userId);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFile(Utf8JsonWriter json, AttachmentInfo file, ImageContent? image)
    {
        json.WriteStartObject("attachment");
        json.WriteString("name", file.Name);
        json.WriteString("fileName", SafeFileName.Of(file.Name));
        json.WriteString("mediaType", file.MediaType);
        json.WriteNumber("size", file.Size);
        if (image is not null)
        {
            json.WriteNumber("width", image.Width);
            json.WriteNumber("height", image.Height);
        }

        json.WriteEndObject();
    }

    private static string TypeOf(MessageContent content) => content switch
    {
        UndecryptableContent => "undecryptable",
        MissingContent => "missing",
        DeletedContent => "deleted",
        DisappearedContent => "disappeared",
        _ => content.Type,
    };
}
