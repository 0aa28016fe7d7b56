using System.Text.Json.Serialization;

namespace ChatService.Contracts;

/// <summary>How far a message has come. Derived from the members' two markers, never stored per message.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageStatus>))]
public enum MessageStatus
{
    Sent = 0,
    Delivered = 1,
    Read = 2,
    Failed = 3,
}
