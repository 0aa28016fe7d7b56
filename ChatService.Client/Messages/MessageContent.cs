using System.Text.Json.Serialization;

namespace ChatService.Client.Messages;

/// <summary>
/// What a message says, once opened (protocol section 5): JSON with a <c>type</c>. What this version does not know is an
/// <see cref="UnsupportedContent"/>, and what could not be opened an <see cref="UndecryptableContent"/>: nothing is dropped.
/// </summary>
public abstract record MessageContent
{
    /// <summary>The value of the JSON's <c>type</c>.</summary>
    [JsonIgnore]
    public abstract string Type { get; }
}
