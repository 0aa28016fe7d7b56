using System.Threading.Channels;
using ChatService.Contracts;
using ChatService.Core.Errors;
using Npgsql;

namespace ChatService.Hub.Storage;

/// <summary>
/// One writer per process. While a commit waits for the disk, what arrives collects in a bounded channel, and all of it is
/// the next transaction: the more there is to do, the more each commit carries. Every write must be repeatable, because a
/// batch is written again when the connection broke and nobody knows whether it had committed.
/// </summary>
public abstract partial class GroupCommit<TItem, TResult> : BackgroundService
    where TItem : class
{
    private readonly Channel<Entry> _waiting;
    private readonly NpgsqlDataSource _dataSource;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly List<Entry> _batch = [];
    private NpgsqlConnection? _connection;

    protected GroupCommit(NpgsqlDataSource dataSource, TimeProvider time, ILogger logger, int capacity)
    {
        _dataSource = dataSource;
        _time = time;
        _logger = logger;
        _waiting = Channel.CreateBounded<Entry>(new BoundedChannelOptions(capacity) { SingleReader = true });
    }

    /// <summary>Items in one transaction.</summary>
    protected virtual int MaxBatch => 512;

    /// <summary>How long a batch is tried against a database that does not answer, before its senders are told to try again.</summary>
    protected virtual TimeSpan GiveUpAfter => TimeSpan.FromSeconds(8);

    /// <summary>Completes when the item's transaction has committed. A full channel refuses at once instead of growing.</summary>
    public Task<TResult> SubmitAsync(TItem item)
    {
        var entry = new Entry(item);
        return _waiting.Writer.TryWrite(entry)
            ? entry.Task
            : Task.FromException<TResult>(new ChatException(Unavailable("The server has more to store than it can: wait a moment, then send again.")));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What was accepted is still written when the host stops; only then is the channel closed for good.
        await using var closing = stoppingToken.Register(() => _waiting.Writer.TryComplete());
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
            {
                while (_batch.Count < MaxBatch && _waiting.Reader.TryRead(out var entry))
                {
                    _batch.Add(entry);
                }

                await WriteBatchAsync();
                _batch.Clear();
            }
        }
        finally
        {
            await DropConnectionAsync();
        }
    }

    /// <summary>Writes all items in one transaction and returns one result for each, in order.</summary>
    protected abstract Task<TResult[]> CommitAsync(NpgsqlConnection connection, IReadOnlyList<TItem> items, CancellationToken cancellationToken);

    /// <summary>Runs after the commit and after the senders were answered, before the next batch: starts the telling, does not wait for it.</summary>
    protected virtual void Committed(IReadOnlyList<TItem> items, TResult[] results)
    {
    }

    private async Task WriteBatchAsync()
    {
        var items = _batch.ConvertAll(entry => entry.Item);
        var started = _time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var results = await CommitOnceAsync(items);
                for (var i = 0; i < results.Length; i++)
                {
                    _batch[i].TrySetResult(results[i]);
                }

                Committed(items, results);
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException or InvalidOperationException or OperationCanceledException)
            {
                await DropConnectionAsync();
                if (!MayPass(exception) || _time.GetElapsedTime(started) > GiveUpAfter)
                {
                    GaveUp(_logger, exception, items.Count, attempt);
                    Fail(new ChatException(Unavailable("The server cannot store messages at the moment: try again shortly.")));
                    return;
                }

                Retrying(_logger, items.Count, attempt, exception.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(1000, 50 << Math.Min(attempt, 5))), _time);
            }
            catch (Exception exception)
            {
                await DropConnectionAsync();
                GaveUp(_logger, exception, items.Count, attempt);
                Fail(new ChatException(ErrorCodes.Internal, "The message could not be stored."));
                return;
            }
        }
    }

    private async Task<TResult[]> CommitOnceAsync(List<TItem> items)
    {
        using var timeout = new CancellationTokenSource(GiveUpAfter, _time);
        _connection ??= await _dataSource.OpenConnectionAsync(timeout.Token);
        return await CommitAsync(_connection, items, timeout.Token);
    }

    /// <summary>A server that is starting, stopping or gone may come back; a statement that it rejects will be rejected again.</summary>
    private static bool MayPass(Exception exception) => exception is not PostgresException postgres
        || postgres.IsTransient
        || postgres.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow;

    private void Fail(Exception exception) => _batch.ForEach(entry => entry.TrySetException(exception));

    private async Task DropConnectionAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    private static ChatError Unavailable(string message) => new(ErrorCodes.Unavailable, message) { RetryAfterMs = 1000 };

    [LoggerMessage(LogLevel.Warning, "Writing {Count} items again after attempt {Attempt}: {Reason}")]
    private static partial void Retrying(ILogger logger, int count, int attempt, string reason);

    [LoggerMessage(LogLevel.Error, "{Count} items could not be written in {Attempt} attempts; their senders were told to try again.")]
    private static partial void GaveUp(ILogger logger, Exception exception, int count, int attempt);

    private sealed class Entry(TItem item) : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TItem Item => item;
    }
}
