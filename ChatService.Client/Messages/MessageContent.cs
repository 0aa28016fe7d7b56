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

    /// <summary>Seconds after the commit when every device forgets the message; null: it stays. Set from the conversation's timer when it is sent.</summary>
    public int? ExpiresAfter { get; init; }

    /// <summary>The content as it is sealed; null for what never is: the server's words, and what could not be opened.</summary>
    public string? ToJson() => this switch
    {
        UnsupportedContent unsupported => unsupported.IsJson ? unsupported.Json : null,
        SystemContent or UndecryptableContent or MissingContent or DeletedContent or DisappearedContent => null,
        _ => ContentJson.Write(this),
    };
}
