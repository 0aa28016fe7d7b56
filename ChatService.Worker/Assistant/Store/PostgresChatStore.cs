using System.Security.Cryptography;
using ChatService.Client.Storage;
using Npgsql;

namespace ChatService.Worker.Assistant;

/// <summary>
/// The assistant's store in PostgreSQL: every value sealed with a key that only the worker has, every transaction fenced by the
/// lease under which the store was opened.
/// </summary>
internal sealed class PostgresChatStore : IChatStore
{
    private const string CheckTable = "store";
    private const string CheckKey = "check";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly AssistantDatabase _database;
    private readonly long _fence;
    private readonly CancellationTokenSource _broken = new();

    private PostgresChatStore(AssistantDatabase database, ValueSealer sealer, long fence) => (_database, Sealer, _fence) = (database, sealer, fence);

    /// <summary>Cancelled when PostgreSQL failed, or the lease is another's: what hangs on this store has to begin anew.</summary>
    public CancellationToken Broken => _broken.Token;

    internal ValueSealer Sealer { get; }

    /// <exception cref="ChatStoreException"><see cref="ChatStoreError.WrongKey"/></exception>
    public static async Task<PostgresChatStore> OpenAsync(
        AssistantDatabase database, byte[] key, long fence, CancellationToken cancellationToken)
    {
        var store = new PostgresChatStore(database, new ValueSealer(key), fence);
        CryptographicOperations.ZeroMemory(key);
        try
        {
            await store.CheckAsync(cancellationToken);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public async ValueTask<IChatTransaction> BeginAsync(CancellationToken ct = default)
    {
        await _turn.WaitAsync(ct);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await _database.OpenAsync(ct);
            var transaction = await connection.BeginTransactionAsync(ct);
            // Held until the end of the transaction: nobody takes the lease over in its midst.
            await using var fence = AssistantDatabase.Command(
                connection, "SELECT true FROM assistant.leases WHERE name = $1 AND fence = $2 FOR SHARE", AssistantLease.Name, _fence);
            if (await fence.ExecuteScalarAsync(ct) is not true)
            {
                throw new ChatStoreException(ChatStoreError.InUse, "Another worker is the assistant now.");
            }

            return new PostgresChatTransaction(this, connection, transaction);
        }
        catch (Exception exception)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            Note(exception);
            _turn.Release();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        Sealer.Dispose();
        return ValueTask.CompletedTask;
    }

    internal void End() => _turn.Release();

    internal void Note(Exception exception)
    {
        if (exception is NpgsqlException or ChatStoreException or TimeoutException)
        {
            _broken.Cancel();
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await BeginAsync(cancellationToken);
        try
        {
            if (await transaction.GetAsync(CheckTable, CheckKey, cancellationToken) is null)
            {
                await transaction.PutAsync(CheckTable, CheckKey, ReadOnlyMemory<byte>.Empty, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        }
        catch (ChatStoreException exception) when (exception.Error == ChatStoreError.Tampered)
        {
            throw new ChatStoreException(ChatStoreError.WrongKey, "Assistant:SealingKey does not open what is stored under another one.", exception);
        }
    }
}
