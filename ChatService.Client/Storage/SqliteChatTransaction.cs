using System.Runtime.CompilerServices;

namespace ChatService.Client.Storage;

internal sealed class SqliteChatTransaction(SqliteChatStore store) : IChatTransaction
{
    private bool _ended;
    private bool _disposed;

    public ValueTask<byte[]?> GetAsync(string table, string key, CancellationToken ct = default)
    {
        ThrowIfEnded();
        ct.ThrowIfCancellationRequested();
        return ValueTask.FromResult(store.Commands.Get(table, key) is { } value ? store.Sealer.Open(table, key, value) : null);
    }

    public ValueTask PutAsync(string table, string key, ReadOnlyMemory<byte> value, CancellationToken ct = default)
    {
        ThrowIfEnded();
        ct.ThrowIfCancellationRequested();
        store.Commands.Put(table, key, store.Sealer.Seal(table, key, value.Span));
        return ValueTask.CompletedTask;
    }

    public ValueTask DeleteAsync(string table, string key, CancellationToken ct = default)
    {
        ThrowIfEnded();
        ct.ThrowIfCancellationRequested();
        store.Commands.Delete(table, key);
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<KeyValuePair<string, byte[]>> ListAsync(
        string table, string fromKey, string? toKey, bool descending = false, int limit = int.MaxValue, [EnumeratorCancellation] CancellationToken ct = default)
    {
        ThrowIfEnded();
        await using var command = store.Commands.List(table, fromKey, toKey, descending, limit);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var key = reader.GetString(0);
            yield return new(key, store.Sealer.Open(table, key, reader.GetFieldValue<byte[]>(1)));
        }
    }

    public ValueTask CommitAsync(CancellationToken ct = default)
    {
        ThrowIfEnded();
        ct.ThrowIfCancellationRequested();
        store.Commands.Commit();
        _ended = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        if (_disposed)
            return ValueTask.CompletedTask;
        _disposed = true;
        try
        {
            if (!_ended)
                store.Commands.Rollback();
        }
        catch (ChatStoreException)
        {
            // A full disk or a read error has rolled it back already (sqlite.org/lang_transaction.html §3).
        }
        finally
        {
            store.End();
        }

        return ValueTask.CompletedTask;
    }

    private void ThrowIfEnded()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_ended)
            throw new InvalidOperationException("The transaction has been committed.");
    }
}
