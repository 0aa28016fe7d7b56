using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
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
            json.WriteString("sender", conversation?.Member(message.SenderId)?.Handle);
            json.WriteBoolean("own", message.IsOwn);
            if (message.Sequence is { } sequence)
                json.WriteNumber("sequence", sequence);
            json.WriteString("at", message.CreatedAt);
            json.WriteString("type", TypeOf(message.Content));
            json.WriteString("text", message.Text);
            if (message.Content.ToJson() is { } content)
            {
                json.WritePropertyName("content");
                json.WriteRawValue(content);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.WrittenSpan);
    }

    private static string TypeOf(MessageContent content) => content switch
    {
        UndecryptableContent => "undecryptable",
        MissingContent => "missing",
        _ => content.Type,
    };
}
