using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatService.Contracts;

/// <summary>
/// A refusal, with a stable code and a sentence a person can act on. REST sends it as ProblemDetails (the sentence is
/// <c>detail</c>, the rest are extensions); the hub as the JSON text of a HubException.
/// </summary>
public sealed record ChatError(string Code, string Message)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Milliseconds after which a repetition makes sense.</summary>
    public int? RetryAfterMs { get; init; }

    /// <summary>With <see cref="ErrorCodes.DeviceListStale"/>: devices that the envelope lacks.</summary>
    public IReadOnlyList<Guid>? MissingDevices { get; init; }

    /// <summary>With <see cref="ErrorCodes.DeviceListStale"/>: devices that must not be in the envelope.</summary>
    public IReadOnlyList<Guid>? SurplusDevices { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>
    /// Finds the error in the message of a HubException. SignalR puts its own words before it; whatever cannot be read
    /// becomes <see cref="ErrorCodes.Internal"/>.
    /// </summary>
    public static ChatError Parse(string hubExceptionMessage)
    {
        ArgumentNullException.ThrowIfNull(hubExceptionMessage);
        var start = hubExceptionMessage.IndexOf('{', StringComparison.Ordinal);
        if (start >= 0)
        {
            try
            {
                if (JsonSerializer.Deserialize<ChatError>(hubExceptionMessage.AsSpan(start), Json) is { Code: not null } error)
                {
                    return error;
                }
            }
            catch (JsonException)
            {
                // Not ours: fall through.
            }
        }

        return new ChatError(ErrorCodes.Internal, hubExceptionMessage);
    }
}
