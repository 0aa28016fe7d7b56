namespace ChatService.Client.Storage;

/// <summary>
/// A unit of work on an <see cref="IChatStore"/>. It sees its own changes; others see them after <see cref="CommitAsync"/>.
/// Disposed without a commit, it is rolled back. Not for use by several threads at once.
/// </summary>
public interface IChatTransaction : IAsyncDisposable
{
    /// <summary>The value under <paramref name="key"/>, or null. The array is the caller's own.</summary>
    ValueTask<byte[]?> GetAsync(string table, string key, CancellationToken ct = default);

    /// <summary>Adds or replaces. Table and key are stored in the clear: put nothing but ids in them.</summary>
    ValueTask PutAsync(string table, string key, ReadOnlyMemory<byte> value, CancellationToken ct = default);

    /// <summary>Removes the value if it is there.</summary>
    ValueTask DeleteAsync(string table, string key, CancellationToken ct = default);

    /// <summary>The entries from <paramref name="fromKey"/> (inclusive) to <paramref name="toKey"/> (exclusive, null for the table's end) in ordinal order of their keys.</summary>
    IAsyncEnumerable<KeyValuePair<string, byte[]>> ListAsync(
        string table, string fromKey, string? toKey, bool descending = false, int limit = int.MaxValue, CancellationToken ct = default);

    /// <summary>Makes the changes durable. The transaction ends here.</summary>
    ValueTask CommitAsync(CancellationToken ct = default);
}
