using System.Text;
using ChatService.Client.Storage;

namespace ChatService.Client.SignIn;

/// <summary>The refresh token in the device's own (sealed) store.</summary>
public sealed class ChatTokenStore(IChatStore store) : ITokenStore
{
    private const string Table = "sign-in";
    private const string Key = "refresh-token";

    public async ValueTask<string?> LoadAsync(CancellationToken cancellationToken = default)
    {
        await using var transaction = await store.BeginAsync(cancellationToken);
        return await transaction.GetAsync(Table, Key, cancellationToken) is { } value ? Encoding.UTF8.GetString(value) : null;
    }

    public async ValueTask SaveAsync(string refreshToken, CancellationToken cancellationToken = default)
    {
        await using var transaction = await store.BeginAsync(cancellationToken);
        await transaction.PutAsync(Table, Key, Encoding.UTF8.GetBytes(refreshToken), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async ValueTask ClearAsync(CancellationToken cancellationToken = default)
    {
        await using var transaction = await store.BeginAsync(cancellationToken);
        await transaction.DeleteAsync(Table, Key, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
