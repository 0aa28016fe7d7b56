namespace ChatService.Client.SignIn;

/// <summary>For as long as the process lives.</summary>
public sealed class InMemoryTokenStore : ITokenStore
{
    private string? _refreshToken;

    public ValueTask<string?> LoadAsync(CancellationToken cancellationToken = default) => new(Volatile.Read(ref _refreshToken));

    public ValueTask SaveAsync(string refreshToken, CancellationToken cancellationToken = default)
    {
        Volatile.Write(ref _refreshToken, refreshToken);
        return default;
    }

    public ValueTask ClearAsync(CancellationToken cancellationToken = default)
    {
        Volatile.Write(ref _refreshToken, null);
        return default;
    }
}
