namespace ChatService.Client.SignIn;

/// <summary>Keeps the one refresh token (a secret, of a month) across starts. Writes are durable when they return.</summary>
public interface ITokenStore
{
    /// <summary>Null: nobody is signed in.</summary>
    ValueTask<string?> LoadAsync(CancellationToken cancellationToken = default);

    ValueTask SaveAsync(string refreshToken, CancellationToken cancellationToken = default);

    ValueTask ClearAsync(CancellationToken cancellationToken = default);
}
