using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;

namespace ChatService.Worker.Assistant;

/// <summary>What an exception of the model's client means. Of a provider's answer only status and code are looked at: the rest may hold what was asked.</summary>
internal static class ModelFailures
{
    /// <summary>Null: not a failure of the model.</summary>
    public static ModelFailure? Of(Exception exception, bool hasBegun) => exception switch
    {
        ClientResultException { Status: > 0 } refusal => OfStatus(refusal),
        _ when !IsOfTheWire(exception) => null,
        _ => new(hasBegun ? ModelFailureKind.BrokenStream : ModelFailureKind.Unreachable),
    };

    private static bool IsOfTheWire(Exception exception) => exception switch
    {
        HttpRequestException or IOException or JsonException or ClientResultException or InvalidOperationException or FormatException or KeyNotFoundException => true,
        AggregateException { InnerException: { } inner } => IsOfTheWire(inner),
        _ => false,
    };

    private static ModelFailure OfStatus(ClientResultException refusal)
    {
        var response = refusal.GetRawResponse();
        return refusal.Status switch
        {
            401 or 403 => new(ModelFailureKind.KeyRefused, refusal.Status),
            404 => new(ModelFailureKind.UnknownModel, 404),
            400 or 413 or 422 => new(IsTooLong(response) ? ModelFailureKind.TooLong : ModelFailureKind.Refused, refusal.Status),
            408 or 429 or >= 500 => new(ModelFailureKind.Busy, refusal.Status, RetryAfter(response)),
            _ => new(ModelFailureKind.Refused, refusal.Status),
        };
    }

    private static bool IsTooLong(PipelineResponse? response)
    {
        try
        {
            using var body = JsonDocument.Parse(response?.Content.ToString() ?? "");
            return body.RootElement.TryGetProperty("error", out var error)
                && ((error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String && code.GetString() == "context_length_exceeded")
                    || (error.TryGetProperty("message", out var message) && message.GetString() is { } text
                        && (text.Contains("context length", StringComparison.OrdinalIgnoreCase) || text.Contains("context size", StringComparison.OrdinalIgnoreCase))));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static TimeSpan? RetryAfter(PipelineResponse? response) =>
        response is not null && response.Headers.TryGetValue("Retry-After", out var text)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 86_400
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
