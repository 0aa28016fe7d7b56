using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ChatService.Client.Reseal;

namespace ChatService.Client.Messages;

/// <summary>Content to and from its JSON. Reading never fails: what is not understood is kept as <see cref="UnsupportedContent"/>.</summary>
internal static class ContentJson
{
    public static string Write(MessageContent content)
    {
        var node = content switch
        {
            TextContent c => Node(c, ContentJsonContext.Default.TextContent),
            ReplyContent c => Node(c, ContentJsonContext.Default.ReplyContent),
            EditContent c => Node(c, ContentJsonContext.Default.EditContent),
            DeleteContent c => Node(c, ContentJsonContext.Default.DeleteContent),
            ReactionContent c => Node(c, ContentJsonContext.Default.ReactionContent),
            ImageContent c => Node(c, ContentJsonContext.Default.ImageContent),
            FileContent c => Node(c, ContentJsonContext.Default.FileContent),
            AssistantPromptContent c => Node(c, ContentJsonContext.Default.AssistantPromptContent),
            ResealRequestContent c => Node(c, ContentJsonContext.Default.ResealRequestContent),
            ResealContent c => Node(c, ContentJsonContext.Default.ResealContent),
            _ => throw new ArgumentException($"A {content.GetType().Name} cannot be sent.", nameof(content)),
        };
        node.Remove("type");
        node.Insert(0, "type", content.Type);

        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            node.WriteTo(writer);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    public static MessageContent Read(string json)
    {
        var type = "";
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("type", out var value)
                && value.ValueKind == JsonValueKind.String)
            {
                type = value.GetString()!;
                return Known(type, document.RootElement)
                    ?? new UnsupportedContent(type, json) { ExpiresAfter = ExpiresAfter(document.RootElement) };
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            // Sealed by a member, so not trusted to be well formed.
        }

        return new UnsupportedContent(type, json);
    }

    /// <summary>Whether it is addressed to the assistant. For what this device wrote itself.</summary>
    public static bool IsPrompt(string json) => json.StartsWith("""{"type":"assistant-prompt",""", StringComparison.Ordinal);

    private static MessageContent? Known(string type, JsonElement json) => type switch
    {
        "text" => json.Deserialize(ContentJsonContext.Default.TextContent),
        "reply" => json.Deserialize(ContentJsonContext.Default.ReplyContent),
        "edit" => json.Deserialize(ContentJsonContext.Default.EditContent),
        "delete" => json.Deserialize(ContentJsonContext.Default.DeleteContent),
        "reaction" => json.Deserialize(ContentJsonContext.Default.ReactionContent),
        "image" => json.Deserialize(ContentJsonContext.Default.ImageContent),
        "file" => json.Deserialize(ContentJsonContext.Default.FileContent),
        "assistant-prompt" => json.Deserialize(ContentJsonContext.Default.AssistantPromptContent),
        "reseal-request" => json.Deserialize(ContentJsonContext.Default.ResealRequestContent),
        "reseal" => json.Deserialize(ContentJsonContext.Default.ResealContent),
        _ => null,
    };

    /// <summary>What is not understood still goes when its time is over.</summary>
    private static int? ExpiresAfter(JsonElement json) =>
        json.TryGetProperty("expiresAfter", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var seconds) ? seconds : null;

    private static JsonObject Node<T>(T content, JsonTypeInfo<T> type) => JsonSerializer.SerializeToNode(content, type)!.AsObject();
}
