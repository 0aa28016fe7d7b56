using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatService.Contracts;

namespace ChatService.Client.Api;

/// <summary>What a response that is not a success says: ProblemDetails, with the sentence as <c>detail</c> and a stable code.</summary>
internal static class ApiErrors
{
    public static async Task<ChatException> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(ct));
            if (problem.RootElement.ValueKind == JsonValueKind.Object
                && problem.RootElement.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String)
            {
                return new ChatException(new ChatError(code.GetString()!, Text(problem.RootElement, "detail") ?? Text(problem.RootElement, "title") ?? "The server refused.")
                {
                    RetryAfterMs = problem.RootElement.TryGetProperty("retryAfterMs", out var ms) && ms.TryGetInt32(out var value) ? value : RetryAfter(response),
                });
            }
        }
        catch (JsonException)
        {
            // Not ours: a proxy's page, say.
        }

        return new ChatException(new ChatError(CodeOf(response.StatusCode), $"The server answered {(int)response.StatusCode} {response.ReasonPhrase}.")
        {
            RetryAfterMs = RetryAfter(response),
        });
    }

    public static ChatException Unreachable(Uri? server, Exception inner) =>
        new(ClientErrorCodes.Unreachable, $"The server at {server?.GetLeftPart(UriPartial.Authority)} cannot be reached. Is it running, and is the address right?", inner);

    private static string? Text(JsonElement problem, string name) =>
        problem.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is { } delta ? (int)Math.Min(delta.TotalMilliseconds, int.MaxValue) : null;

    private static string CodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => ErrorCodes.Unauthorized,
        HttpStatusCode.Forbidden => ErrorCodes.Forbidden,
        HttpStatusCode.NotFound => ErrorCodes.NotFound,
        HttpStatusCode.TooManyRequests => ErrorCodes.RateLimited,
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => ErrorCodes.Unavailable,
        _ => ErrorCodes.Internal,
    };
}
