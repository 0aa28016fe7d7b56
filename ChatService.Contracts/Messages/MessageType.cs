using System.Text.Json.Serialization;

namespace ChatService.Contracts;

/// <summary>What a message carries. The server sees only this coarse kind; the content is sealed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageType>))]
public enum MessageType
{
    Text = 0,
    Image = 1,
    File = 2,

    /// <summary>Written by the server itself about the conversation (a member came, a name changed): not sealed, see <see cref="SystemEvent"/>.</summary>
    System = 3,
}
