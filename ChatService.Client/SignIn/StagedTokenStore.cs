namespace ChatService.Client.SignIn;

/// <summary>Keeps a new sign-in's token in memory until it is certain that it belongs to the store's account: a refused sign-in must not replace the one before.</summary>
internal sealed class StagedTokenStore(ITokenStore target) : ITokenStore
{
    private string? _staged;
    private bool _committed;

    public ValueTask<string?> LoadAsync(CancellationToken cancellationToken = default) =>
        _committed ? target.LoadAsync(cancellationToken) : new(_staged);

    public ValueTask SaveAsync(string refreshToken, CancellationToken cancellationToken = default)
    {
        if (_committed)
            return target.SaveAsync(refreshToken, cancellationToken);
        _staged = refreshToken;
        return ValueTask.CompletedTask;
    }

    public ValueTask ClearAsync(CancellationToken cancellationToken = default)
    {
        _staged = null;
        return _committed ? target.ClearAsync(cancellationToken) : ValueTask.CompletedTask;
    }

    public async ValueTask CommitAsync(CancellationToken cancellationToken = default)
    {
        if (_staged is { } token)
            await target.SaveAsync(token, cancellationToken);
        _staged = null;
        _committed = true;
    }
}
