using ChatService.Contracts;

namespace ChatService.Client.SignIn;

/// <summary>A bot (RFC 6749 section 4.4): its id and secret are all it needs, so nothing is stored.</summary>
/// <param name="http">Its base address is the server's.</param>
public sealed class ClientCredentialsSignIn(HttpClient http, ClientCredentials credentials, TimeProvider? time = null)
    : IAccessTokenSource, IDisposable
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly OAuthClient _authority = new(http, time ?? TimeProvider.System, credentials.TokenEndpoint);
    private readonly SemaphoreSlim _renewal = new(1, 1);
    private volatile TokenSet? _current;

    /// <param name="http">Its base address is the server's, whose own authority it is.</param>
    public ClientCredentialsSignIn(HttpClient http, string clientId, string clientSecret, TimeProvider? time = null)
        : this(http, new ClientCredentials(clientId, clientSecret), time)
    {
    }

    /// <exception cref="ChatException">
    /// <see cref="ErrorCodes.Unauthorized"/>: the authority refused. <see cref="ClientErrorCodes.Unreachable"/>: it does not answer.
    /// Anything else is the authority's trouble, and may pass.
    /// </exception>
    public async ValueTask<string> GetAccessTokenAsync(CancellationToken cancellationToken = default)
    {
        if (_current is { } current && current.IsFresh(_time.GetUtcNow()))
        {
            return current.AccessToken;
        }

        await _renewal.WaitAsync(cancellationToken);
        try
        {
            if (_current is null || !_current.IsFresh(_time.GetUtcNow()))
            {
                _current = await _authority.RequestTokenAsync(Form(), cancellationToken);
            }

            return _current.AccessToken;
        }
        catch (OAuthException exception)
        {
            throw exception.ToChatException(exception.Error is "invalid_client" or "invalid_grant"
                ? "The bot's id or secret is wrong."
                : $"The authority refused to sign the bot in: {exception.Error}.");
        }
        finally
        {
            _renewal.Release();
        }
    }

    public ValueTask SignOutAsync(CancellationToken cancellationToken = default)
    {
        _current = null;
        return default;
    }

    public void Dispose() => _renewal.Dispose();

    private IEnumerable<KeyValuePair<string, string>> Form()
    {
        yield return new("grant_type", "client_credentials");
        yield return new("client_id", credentials.ClientId);
        yield return new("client_secret", credentials.ClientSecret);
        if (credentials.Scope is { } scope)
        {
            yield return new("scope", scope);
        }

        if (credentials.Audience is { } audience)
        {
            yield return new("audience", audience);
        }
    }
}
