using Microsoft.Data.Sqlite;

namespace ChatService.Client.Storage;

/// <summary>The prepared statements of one connection. SQLite works on the calling thread; there is nothing to wait for but the disk.</summary>
internal sealed class SqliteCommands : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _rollback;
    private readonly SqliteCommand _get;
    private readonly SqliteCommand _put;
    private readonly SqliteCommand _delete;

    public SqliteCommands(SqliteConnection connection)
    {
        _connection = connection;
        _begin = Command("BEGIN IMMEDIATE");
        _commit = Command("COMMIT");
        _rollback = Command("ROLLBACK");
        _get = Command("SELECT value FROM entry WHERE tbl = $tbl AND key = $key", "$tbl", "$key");
        _put = Command("INSERT INTO entry (tbl, key, value) VALUES ($tbl, $key, $value) ON CONFLICT (tbl, key) DO UPDATE SET value = excluded.value", "$tbl", "$key", "$value");
        _delete = Command("DELETE FROM entry WHERE tbl = $tbl AND key = $key", "$tbl", "$key");
    }

    public void Begin() => Execute(_begin);

    public void Commit() => Execute(_commit);

    public void Rollback() => Execute(_rollback);

    public byte[]? Get(string table, string key)
    {
        Set(_get, table, key);
        try
        {
            return _get.ExecuteScalar() as byte[];
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Translate(e);
        }
    }

    public void Put(string table, string key, byte[] value)
    {
        Set(_put, table, key);
        _put.Parameters[2].Value = value;
        Execute(_put);
    }

    public void Delete(string table, string key)
    {
        Set(_delete, table, key);
        Execute(_delete);
    }

    /// <summary>A command of its own, since several listings may be read side by side.</summary>
    public SqliteCommand List(string table, string fromKey, string? toKey, bool descending, int limit)
    {
        var command = Command(
            $"SELECT key, value FROM entry WHERE tbl = $tbl AND key >= $from{(toKey is null ? "" : " AND key < $to")} ORDER BY key{(descending ? " DESC" : "")} LIMIT $limit");
        command.Parameters.AddWithValue("$tbl", table);
        command.Parameters.AddWithValue("$from", fromKey);
        command.Parameters.AddWithValue("$limit", limit);
        if (toKey is not null)
            command.Parameters.AddWithValue("$to", toKey);
        return command;
    }

    public void Dispose()
    {
        foreach (var command in new[] { _begin, _commit, _rollback, _get, _put, _delete })
            command.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        return command;
    }

    private static void Set(SqliteCommand command, string table, string key)
    {
        command.Parameters[0].Value = table;
        command.Parameters[1].Value = key;
    }

    private static void Execute(SqliteCommand command)
    {
        try
        {
            command.ExecuteNonQuery();
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Translate(e);
        }
    }
}
