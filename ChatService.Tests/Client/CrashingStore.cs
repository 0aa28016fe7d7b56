using ChatService.Client.Storage;

namespace ChatService.Tests.Client;

/// <summary>A store whose process dies during a commit: nothing of the transaction is kept.</summary>
internal sealed class CrashingStore(IChatStore store) : IChatStore
{
    public async ValueTask<IChatTransaction> BeginAsync(CancellationToken ct = default) => new Transaction(await store.BeginAsync(ct));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Transaction(IChatTransaction inner) : IChatTransaction
    {
        public ValueTask<byte[]?> GetAsync(string table, string key, CancellationToken ct = default) => inner.GetAsync(table, key, ct);

        public ValueTask PutAsync(string table, string key, ReadOnlyMemory<byte> value, CancellationToken ct = default) => inner.PutAsync(table, key, value, ct);

        public ValueTask DeleteAsync(string table, string key, CancellationToken ct = default) => inner.DeleteAsync(table, key, ct);

        public IAsyncEnumerable<KeyValuePair<string, byte[]>> ListAsync(
            string table, string fromKey, string? toKey, bool descending = false, int limit = int.MaxValue, CancellationToken ct = default) =>
            inner.ListAsync(table, fromKey, toKey, descending, limit, ct);

        public ValueTask CommitAsync(CancellationToken ct = default) => throw new IOException("The process died.");

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
