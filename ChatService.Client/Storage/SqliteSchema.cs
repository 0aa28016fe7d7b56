using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ChatService.Client.Storage;

/// <summary>The file's one table, and a sealed value by which a wrong key is recognised.</summary>
internal static class SqliteSchema
{
    private const long Version = 1;
    private const string CheckTable = "store";
    private const string CheckKey = "check";

    public static void Prepare(SqliteConnection connection, ValueSealer sealer)
    {
        Execute(connection, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
        var version = Convert.ToInt64(Scalar(connection, "PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (version == 0 && Convert.ToInt64(Scalar(connection, "SELECT count(*) FROM sqlite_schema"), CultureInfo.InvariantCulture) == 0)
            Create(connection, sealer);
        else if (version != Version)
            throw new ChatStoreException(ChatStoreError.UnknownFormat, "The file was written by a later version, or is not a chat store.");
        Check(connection, sealer);
    }

    private static void Create(SqliteConnection connection, ValueSealer sealer)
    {
        using var transaction = connection.BeginTransaction();
        Execute(connection, "CREATE TABLE entry (tbl TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (tbl, key));");
        using (var insert = connection.CreateCommand())
        {
            insert.CommandText = "INSERT INTO entry (tbl, key, value) VALUES ($tbl, $key, $value)";
            insert.Parameters.AddWithValue("$tbl", CheckTable);
            insert.Parameters.AddWithValue("$key", CheckKey);
            insert.Parameters.AddWithValue("$value", sealer.Seal(CheckTable, CheckKey, []));
            insert.ExecuteNonQuery();
        }

        Execute(connection, $"PRAGMA user_version = {Version}");
        transaction.Commit();
    }

    private static void Check(SqliteConnection connection, ValueSealer sealer)
    {
        try
        {
            sealer.Open(CheckTable, CheckKey, Scalar(connection, $"SELECT value FROM entry WHERE tbl = '{CheckTable}' AND key = '{CheckKey}'") as byte[]);
        }
        catch (ChatStoreException e) when (e.Error == ChatStoreError.Tampered)
        {
            throw new ChatStoreException(ChatStoreError.WrongKey, "The key does not open this chat store.", e);
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
