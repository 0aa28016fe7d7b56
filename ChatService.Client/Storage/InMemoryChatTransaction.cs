using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace ChatService.Client.Storage;

/// <summary>Works on an immutable snapshot; the commit is one assignment.</summary>
internal sealed class InMemoryChatTransaction(InMemoryChatStore store) : IChatTransaction
{
    private ImmutableDictionary<string, ImmutableSortedSet<StoredEntry>> _tables = store.Tables;
    private bool _ended;
    private bool _disposed;

    public ValueTask<byte[]?> GetAsync(string table, string key, CancellationToken ct = default)
    {
        ThrowIfEnded();
        return ValueTask.FromResult(
            Table(table).TryGetValue(new StoredEntry(key, []), out var entry) ? (byte[])entry.Value.Clone() : null);
    }

    public ValueTask PutAsync(string table, string key, ReadOnlyMemory<byte> value, CancellationToken ct = default)
    {
        ThrowIfEnded();
        var entry = new StoredEntry(key, value.ToArray());
        _tables = _tables.SetItem(table, Table(table).Remove(entry).Add(entry));
        return ValueTask.CompletedTask;
    }

    public ValueTask DeleteAsync(string table, string key, CancellationToken ct = default)
    {
        ThrowIfEnded();
        _tables = _tables.SetItem(table, Table(table).Remove(new StoredEntry(key, [])));
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<KeyValuePair<string, byte[]>> ListAsync(
        string table, string fromKey, string? toKey, bool descending = false, int limit = int.MaxValue, [EnumeratorCancellation] CancellationToken ct = default)
    {
        ThrowIfEnded();
        await ValueTask.CompletedTask;
        var entries = Table(table);
        var first = PositionOf(entries, fromKey);
        var end = toKey is null ? entries.Count : PositionOf(entries, toKey);
        for (var taken = 0; taken < limit && taken < end - first; taken++)
        {
            ct.ThrowIfCancellationRequested();
            var entry = entries[descending ? end - 1 - taken : first + taken];
            yield return new(entry.Key, (byte[])entry.Value.Clone());
        }
    }

    public ValueTask CommitAsync(CancellationToken ct = default)
    {
        ThrowIfEnded();
        _ended = true;
        store.Tables = _tables;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = _ended = true;
            store.End();
        }

        return ValueTask.CompletedTask;
    }

    private ImmutableSortedSet<StoredEntry> Table(string name) => _tables.GetValueOrDefault(name, []);

    private static int PositionOf(ImmutableSortedSet<StoredEntry> entries, string key)
    {
        var index = entries.IndexOf(new StoredEntry(key, []));
        return index < 0 ? ~index : index;
    }

    private void ThrowIfEnded()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_ended)
            throw new InvalidOperationException("The transaction has been committed.");
    }
}
