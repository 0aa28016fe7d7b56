using System.Text.Json.Serialization;

namespace ChatService.Contracts;

[JsonConverter(typeof(JsonStringEnumConverter<PresenceStatus>))]
public enum PresenceStatus
{
    Offline = 0,
    Online = 1,
    Away = 2,
}
