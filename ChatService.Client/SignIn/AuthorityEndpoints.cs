using System.Text.Json;
using ChatService.Client.Api;
using ChatService.Contracts;

namespace ChatService.Client.SignIn;

/// <summary>Where the server's authority is, which may be another server (OpenID Connect Discovery 1.0).</summary>
internal sealed record AuthorityEndpoints(Uri Token, Uri? Authorization, Uri? DeviceAuthorization, Uri? Revocation)
{
    public static async Task<AuthorityEndpoints> DiscoverAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(Routes.Discovery, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw await ApiErrors.ReadAsync(response, cancellationToken);
            }

            using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            return new AuthorityEndpoints(
                Endpoint(document, "token_endpoint") ?? throw new JsonException("No token endpoint."),
                Endpoint(document, "authorization_endpoint"),
                Endpoint(document, "device_authorization_endpoint"),
                Endpoint(document, "revocation_endpoint"));
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw ApiErrors.Unreachable(http.BaseAddress, exception);
        }
        catch (JsonException exception)
        {
            throw new ChatException(ClientErrorCodes.Unreachable, "The server does not say where to sign in. Is this a ChatService server?", exception);
        }
    }

    private static Uri? Endpoint(JsonDocument document, string name) =>
        document.RootElement.ValueKind == JsonValueKind.Object
        && document.RootElement.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && Uri.TryCreate(value.GetString(), UriKind.Absolute, out var uri)
            ? uri
            : null;
}
