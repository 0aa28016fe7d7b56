namespace ChatService.Client.SignIn;

/// <summary>
/// Renews the access token before it expires, one renewal at a time. Refresh tokens are used once (RFC 9700 section
/// 4.14): the next one is in the store before its access token is handed out, and the store is read before each use, so
/// a crash at any point leaves a token that the authority still takes.
/// </summary>
public sealed class RefreshingTokenSource : IAccessTokenSource, IDisposable
{
    private readonly SemaphoreSlim _renewal = new(1, 1);
    private readonly OAuthClient _authority;
    private readonly ITokenStore _store;
    private readonly string _clientId;
    private readonly TimeProvider _time;
    private volatile TokenSet? _current;

    internal RefreshingTokenSource(OAuthClient authority, ITokenStore store, string clientId, TimeProvider time, TokenSet? first)
    {
        _authority = authority;
        _store = store;
        _clientId = clientId;
        _time = time;
        _current = first;
    }

    /// <summary>Goes on where an earlier run ended. Null: nobody is signed in.</summary>
    /// <param name="http">Its base address is the server's.</param>
    public static async Task<RefreshingTokenSource?> ResumeAsync(
        HttpClient http,
        ITokenStore store,
        string clientId = KnownClientIds.Cli,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(store);
        time ??= TimeProvider.System;
        return await store.LoadAsync(cancellationToken) is null
            ? null
            : new RefreshingTokenSource(new OAuthClient(http, time), store, clientId, time, first: null);
    }

    public async ValueTask<string> GetAccessTokenAsync(CancellationToken cancellationToken = default)
    {
        if (_current is { } current && current.IsFresh(_time.GetUtcNow()))
        {
            return current.AccessToken;
        }

        await _renewal.WaitAsync(cancellationToken);
        try
        {
            if (_current is { } renewed && renewed.IsFresh(_time.GetUtcNow()))
            {
                return renewed.AccessToken;
            }

            _current = await RenewAsync(cancellationToken);
            return _current.AccessToken;
        }
        finally
        {
            _renewal.Release();
        }
    }

    public async ValueTask SignOutAsync(CancellationToken cancellationToken = default)
    {
        await _renewal.WaitAsync(cancellationToken);
        try
        {
            var refreshToken = await _store.LoadAsync(cancellationToken);
            _current = null;
            await _store.ClearAsync(cancellationToken);
            if (refreshToken is not null)
            {
                await _authority.RevokeAsync(_clientId, refreshToken, cancellationToken);
            }
        }
        finally
        {
            _renewal.Release();
        }
    }

    public void Dispose() => _renewal.Dispose();

    private async Task<TokenSet> RenewAsync(CancellationToken cancellationToken)
    {
        const string SignInAgain = "You are signed out: sign in again.";
        var refreshToken = await _store.LoadAsync(cancellationToken)
            ?? throw new ChatException(Contracts.ErrorCodes.Unauthorized, SignInAgain);
        try
        {
            var tokens = await _authority.RequestTokenAsync(
                [new("grant_type", "refresh_token"), new("client_id", _clientId), new("refresh_token", refreshToken)],
                cancellationToken);
            if (tokens.RefreshToken is { } next)
            {
                // Already used up on the other side: what was asked to stop may not stop this.
                await _store.SaveAsync(next, CancellationToken.None);
            }

            return tokens;
        }
        catch (OAuthException exception)
        {
            if (exception.Error == "invalid_grant")
            {
                await _store.ClearAsync(cancellationToken);
            }

            throw exception.ToChatException(SignInAgain);
        }
    }
}
