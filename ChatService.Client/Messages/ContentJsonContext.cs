using System.Text.Json;
using System.Text.Json.Serialization;
using ChatService.Client.Reseal;

namespace ChatService.Client.Messages;

/// <summary>Strict, because a content comes from another member: a missing or null part makes it unsupported, not half understood.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TextContent))]
[JsonSerializable(typeof(ReplyContent))]
[JsonSerializable(typeof(EditContent))]
[JsonSerializable(typeof(DeleteContent))]
[JsonSerializable(typeof(ReactionContent))]
[JsonSerializable(typeof(ImageContent))]
[JsonSerializable(typeof(FileContent))]
[JsonSerializable(typeof(AssistantPromptContent))]
[JsonSerializable(typeof(ResealRequestContent))]
[JsonSerializable(typeof(ResealContent))]
internal sealed partial class ContentJsonContext : JsonSerializerContext;
