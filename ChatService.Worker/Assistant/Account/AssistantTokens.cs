using System.Text.Json;
using ChatService.Client;
using ChatService.Client.SignIn;
using ChatService.Contracts;

namespace ChatService.Worker.Assistant;

/// <summary>
/// The assistant's access tokens, by client credentials. Asked for where the hubs are, not where discovery says that users find
/// them: a worker in a cluster need not reach the public address.
/// </summary>
internal sealed class AssistantTokens(HttpClient http, Uri server, AssistantCredentials credentials, TimeProvider time) : IAccessTokenSource, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private (string Token, DateTimeOffset RenewAt) _current;

    public async ValueTask<string> GetAccessTokenAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_current.Token is null || time.GetUtcNow() >= _current.RenewAt)
            {
                _current = await RequestAsync(cancellationToken);
            }

            return _current.Token;
        }
        finally
        {
            _turn.Release();
        }
    }

    public ValueTask SignOutAsync(CancellationToken cancellationToken = default) => default;

    public void Dispose() => _turn.Dispose();

    private async Task<(string Token, DateTimeOffset RenewAt)> RequestAsync(CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> form =
        [
            new("grant_type", "client_credentials"), new("client_id", credentials.ClientId), new("client_secret", credentials.ClientSecret),
        ];
        if (credentials.Scope is { } scope)
        {
            form.Add(new("scope", scope));
        }

        if (credentials.Audience is { } audience)
        {
            form.Add(new("audience", audience));
        }

        try
        {
            using var content = new FormUrlEncodedContent(form);
            using var response = await http.PostAsync(credentials.TokenEndpoint ?? new Uri(server, "/connect/token"), content, cancellationToken);
            if ((int)response.StatusCode is >= 400 and < 500)
            {
                throw new ChatException(ErrorCodes.Unauthorized, $"The authority refused the assistant ({(int)response.StatusCode}).");
            }

            response.EnsureSuccessStatusCode();
            using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            var lifetime = TimeSpan.FromSeconds(answer.RootElement.TryGetProperty("expires_in", out var seconds) ? seconds.GetInt32() : 60);
            return (answer.RootElement.GetProperty("access_token").GetString()!, time.GetUtcNow() + (lifetime * 0.8));
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or KeyNotFoundException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ChatException(ClientErrorCodes.Unreachable, "The hubs do not answer.", exception);
        }
    }
}
