using System.Runtime.CompilerServices;
using ChatService.Client.Storage;
using Npgsql;

namespace ChatService.Worker.Assistant;

internal sealed class PostgresChatTransaction(PostgresChatStore store, NpgsqlConnection connection, NpgsqlTransaction transaction) : IChatTransaction
{
    private const int Page = 256;

    private bool _ended;
    private bool _disposed;

    public async ValueTask<byte[]?> GetAsync(string table, string key, CancellationToken ct = default)
    {
        await using var command = Command("SELECT value FROM assistant.entries WHERE tbl = $1 AND key = $2", table, key);
        return await GuardedAsync(() => command.ExecuteScalarAsync(ct)) is byte[] value ? store.Sealer.Open(table, key, value) : null;
    }

    public async ValueTask PutAsync(string table, string key, ReadOnlyMemory<byte> value, CancellationToken ct = default)
    {
        await using var command = Command(
            "INSERT INTO assistant.entries (tbl, key, value) VALUES ($1, $2, $3) ON CONFLICT (tbl, key) DO UPDATE SET value = excluded.value",
            table,
            key,
            store.Sealer.Seal(table, key, value.Span));
        await GuardedAsync(() => command.ExecuteNonQueryAsync(ct));
    }

    public async ValueTask DeleteAsync(string table, string key, CancellationToken ct = default)
    {
        await using var command = Command("DELETE FROM assistant.entries WHERE tbl = $1 AND key = $2", table, key);
        await GuardedAsync(() => command.ExecuteNonQueryAsync(ct));
    }

    /// <summary>Page by page, since a connection reads one result at a time and other statements come in between.</summary>
    public async IAsyncEnumerable<KeyValuePair<string, byte[]>> ListAsync(
        string table, string fromKey, string? toKey, bool descending = false, int limit = int.MaxValue, [EnumeratorCancellation] CancellationToken ct = default)
    {
        string? last = null;
        while (limit > 0)
        {
            var wanted = Math.Min(limit, Page);
            var page = await GuardedAsync(() => ReadPageAsync(table, fromKey, toKey, descending, last, wanted, ct));
            foreach (var (key, value) in page)
            {
                yield return new(key, store.Sealer.Open(table, key, value));
            }

            if (page.Count < wanted)
            {
                yield break;
            }

            limit -= page.Count;
            last = page[^1].Key;
        }
    }

    public async ValueTask CommitAsync(CancellationToken ct = default)
    {
        ThrowIfEnded();
        ct.ThrowIfCancellationRequested();
        await GuardedAsync(async () =>
        {
            // Once begun it is not cut short: nobody would know whether it happened.
            await transaction.CommitAsync(CancellationToken.None);
            return true;
        });
        _ended = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
        catch (NpgsqlException exception)
        {
            store.Note(exception);
        }
        finally
        {
            store.End();
        }
    }

    private async Task<List<KeyValuePair<string, byte[]>>> ReadPageAsync(
        string table, string fromKey, string? toKey, bool descending, string? last, int wanted, CancellationToken ct)
    {
        var sql = $"SELECT key, value FROM assistant.entries WHERE tbl = $1 AND key >= $2 AND ($3::text IS NULL OR key < $3)"
            + $" AND ($4::text IS NULL OR key {(descending ? "<" : ">")} $4) ORDER BY key{(descending ? " DESC" : "")} LIMIT $5";
        await using var command = Command(sql, table, fromKey, (object?)toKey ?? DBNull.Value, (object?)last ?? DBNull.Value, wanted);
        List<KeyValuePair<string, byte[]>> page = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            page.Add(new(reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
        }

        return page;
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> parameters)
    {
        ThrowIfEnded();
        return AssistantDatabase.Command(connection, sql, parameters);
    }

    private async Task<T> GuardedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception)
        {
            store.Note(exception);
            throw;
        }
    }

    private void ThrowIfEnded()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_ended)
        {
            throw new InvalidOperationException("The transaction has been committed.");
        }
    }
}
