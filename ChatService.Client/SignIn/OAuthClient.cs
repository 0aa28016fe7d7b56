using System.Text.Json;
using ChatService.Client.Api;
using ChatService.Contracts;

namespace ChatService.Client.SignIn;

/// <summary>Talks to the authority's token endpoints (RFC 6749, RFC 7009, RFC 8628).</summary>
/// <param name="tokenEndpoint">Null: as the server's discovery document says.</param>
internal sealed class OAuthClient(HttpClient http, TimeProvider time, Uri? tokenEndpoint = null)
{
    private AuthorityEndpoints? _endpoints = tokenEndpoint is null ? null : new(tokenEndpoint, null, null, null);

    public async Task<AuthorityEndpoints> EndpointsAsync(CancellationToken cancellationToken) =>
        _endpoints ??= await AuthorityEndpoints.DiscoverAsync(http, cancellationToken);

    /// <exception cref="OAuthException">The authority says no, in OAuth's words.</exception>
    public async Task<TokenSet> RequestTokenAsync(IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        var endpoints = await EndpointsAsync(cancellationToken);
        var sentAt = time.GetUtcNow();
        using var answer = await PostAsync(endpoints.Token, form, cancellationToken);
        var lifetime = TimeSpan.FromSeconds(
            answer.RootElement.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var value) ? value : 60);
        return new TokenSet(Required(answer, "access_token"), Optional(answer, "refresh_token"), sentAt + lifetime, lifetime);
    }

    public async Task RevokeAsync(string clientId, string refreshToken, CancellationToken cancellationToken)
    {
        if ((await EndpointsAsync(cancellationToken)).Revocation is { } revocation)
        {
            using var answer = await PostAsync(
                revocation,
                [new("client_id", clientId), new("token", refreshToken), new("token_type_hint", "refresh_token")],
                cancellationToken);
        }
    }

    public async Task<JsonDocument> PostAsync(
        Uri endpoint, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new FormUrlEncodedContent(form);
            using var response = await http.PostAsync(endpoint, content, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return JsonDocument.Parse(text.Length == 0 ? "{}" : text);
            }

            throw OAuthException.TryRead(text) ?? (Exception)await ApiErrors.ReadAsync(response, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw ApiErrors.Unreachable(endpoint, exception);
        }
        catch (JsonException exception)
        {
            throw new ChatException(ErrorCodes.Internal, "The authority's answer cannot be read.", exception);
        }
    }

    public static string Required(JsonDocument answer, string name) =>
        Optional(answer, name) ?? throw new ChatException(ErrorCodes.Internal, $"The authority's answer lacks {name}.");

    public static string? Optional(JsonDocument answer, string name) =>
        answer.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
