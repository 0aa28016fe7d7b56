using ChatService.Contracts;

namespace ChatService.Client.SignIn;

/// <summary>A bot (RFC 6749 section 4.4): its id and secret are all it needs, so nothing is stored.</summary>
/// <param name="http">Its base address is the server's.</param>
public sealed class ClientCredentialsSignIn(HttpClient http, string clientId, string clientSecret, TimeProvider? time = null)
    : IAccessTokenSource, IDisposable
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly OAuthClient _authority = new(http, time ?? TimeProvider.System);
    private readonly SemaphoreSlim _renewal = new(1, 1);
    private volatile TokenSet? _current;

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
                _current = await _authority.RequestTokenAsync(
                    [new("grant_type", "client_credentials"), new("client_id", clientId), new("client_secret", clientSecret)],
                    cancellationToken);
            }

            return _current.AccessToken;
        }
        catch (OAuthException exception)
        {
            throw new ChatException(ErrorCodes.Unauthorized, "The bot's id or secret is wrong.", exception);
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
}
