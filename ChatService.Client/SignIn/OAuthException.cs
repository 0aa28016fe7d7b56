using System.Text.Json;
using ChatService.Contracts;

namespace ChatService.Client.SignIn;

/// <summary>RFC 6749 section 5.2: <c>error</c> is one of a few words.</summary>
internal sealed class OAuthException(string error) : Exception($"The authority answered {error}.")
{
    public string Error { get; } = error;

    public ChatException ToChatException(string message) => new(ErrorCodes.Unauthorized, message, this);

    public static OAuthException? TryRead(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("error", out var error)
                && error.ValueKind == JsonValueKind.String
                    ? new OAuthException(error.GetString()!)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
