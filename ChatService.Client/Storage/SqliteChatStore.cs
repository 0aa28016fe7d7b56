using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace ChatService.Client.Storage;

/// <summary>
/// A store in one SQLite file, for one process at a time. Every value is sealed (<see cref="ValueSealer"/>) with a key that is given, or kept in a file
/// beside it that only its owner can read; the file shows table names and ids, nothing else. A commit is on the disk when it returns.
/// The application brings the SQLite library, for example with the package SQLitePCLRaw.bundle_e_sqlite3.
/// </summary>
public sealed class SqliteChatStore : IChatStore
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly FileStream _lock;
    private bool _disposed;

    private SqliteChatStore(FileStream fileLock, SqliteConnection connection, ValueSealer sealer)
    {
        _lock = fileLock;
        Sealer = sealer;
        Commands = new(connection);
    }

    internal ValueSealer Sealer { get; }

    internal SqliteCommands Commands { get; }

    /// <param name="path">The file; it and its folder are made, readable by their owner only, when they are not there.</param>
    /// <param name="key">32 bytes, copied. Null: the key is in <c>path.key</c>, which is made with the file.</param>
    /// <exception cref="ChatStoreException">InUse, WrongKey, UnknownFormat or Unavailable, each with what to do about it.</exception>
    public static async Task<SqliteChatStore> OpenAsync(string path, ReadOnlyMemory<byte>? key = null, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        FileStream? fileLock = null;
        SqliteConnection? connection = null;
        ValueSealer? sealer = null;
        try
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
            fileLock = PrivateFiles.Lock(path + ".lock");
            var storeKey = key?.ToArray() ?? StoreKeyFile.ReadOrCreate(path + ".key", mayCreate: !PrivateFiles.HasContent(path));
            sealer = new ValueSealer(storeKey);
            CryptographicOperations.ZeroMemory(storeKey);
            PrivateFiles.CreateEmpty(path);
            connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            await connection.OpenAsync(ct);
            SqliteSchema.Prepare(connection, sealer);
            return new(fileLock, connection, sealer);
        }
        catch (Exception e)
        {
            connection?.Dispose();
            sealer?.Dispose();
            fileLock?.Dispose();
            throw e switch
            {
                SqliteException sqlite => SqliteErrors.Translate(sqlite),
                IOException or UnauthorizedAccessException => new ChatStoreException(ChatStoreError.Unavailable, $"The chat store '{path}' cannot be opened: {e.Message}", e),
                _ => e,
            };
        }
    }

    public async ValueTask<IChatTransaction> BeginAsync(CancellationToken ct = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _turn.WaitAsync(ct);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Commands.Begin();
            return new SqliteChatTransaction(this);
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    internal void End() => _turn.Release();

    /// <summary>Waits for the transaction that is under way, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        await _turn.WaitAsync();
        _disposed = true;
        Commands.Dispose();
        Sealer.Dispose();
        await _lock.DisposeAsync();
        _turn.Release();
    }
}
