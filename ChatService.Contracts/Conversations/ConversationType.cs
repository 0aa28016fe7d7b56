using System.Text.Json.Serialization;

namespace ChatService.Contracts;

[JsonConverter(typeof(JsonStringEnumConverter<ConversationType>))]
public enum ConversationType
{
    /// <summary>Two users; there is one per pair.</summary>
    Direct = 0,
    Group = 1,
}
