using System.Threading.Channels;
using ChatService.Contracts;
using ChatService.Core.Errors;
using Npgsql;

namespace ChatService.Hub.Storage;

/// <summary>
/// One writer per process. While a commit waits for the disk, what arrives collects in a bounded channel, and all of it is
/// the next transaction: the more there is to do, the more each commit carries. Every write must be repeatable, because a
/// batch is written again when the connection broke and nobody knows whether it had committed.
/// While the next batch is written, those who wait for this one are answered, all by one thread, one after the other: a
/// continuation must not block. A thread pool item for each of them costs more than most of them do.
/// </summary>
public abstract partial class GroupCommit<TItem, TResult> : BackgroundService
    where TItem : class
{
    private readonly Channel<Entry> _waiting;

    // A batch that is told, and one that is committed meanwhile: a writer that is faster than that waits.
    private readonly Channel<Written> _written = Channel.CreateBounded<Written>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
    private readonly NpgsqlDataSource _dataSource;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
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
        var telling = TellAsync();
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
            {
                List<Entry> batch = [];
                while (batch.Count < MaxBatch && _waiting.Reader.TryRead(out var entry))
                {
                    batch.Add(entry);
                }

                await _written.Writer.WriteAsync(await WriteBatchAsync([.. batch.OrderBy(entry => KinOf(entry.Item))]), CancellationToken.None);
            }
        }
        finally
        {
            await DropConnectionAsync();
            _written.Writer.Complete();
            await telling;
        }
    }

    /// <summary>Items of one kin, in their order, are written and told one after the other.</summary>
    protected abstract Guid KinOf(TItem item);

    /// <summary>Writes all items in one transaction and returns one result for each, in order.</summary>
    protected abstract Task<TResult[]> CommitAsync(NpgsqlConnection connection, IReadOnlyList<TItem> items, CancellationToken cancellationToken);

    /// <summary>Runs after the commit and after the sender was answered, one item after the other: starts the telling, does not wait for it.</summary>
    protected virtual void Committed(TItem item, TResult result)
    {
    }

    private async Task TellAsync()
    {
        await foreach (var (batch, results, failure) in _written.Reader.ReadAllAsync())
        {
            for (var i = 0; i < batch.Count; i++)
            {
                if (failure is not null)
                {
                    batch[i].TrySetException(failure);
                    continue;
                }

                batch[i].TrySetResult(results[i]);
                try
                {
                    Committed(batch[i].Item, results[i]);
                }
                catch (Exception exception)
                {
                    // It is stored and acknowledged, and those who were not told catch up. The others are waiting.
                    NotTold(_logger, exception);
                }
            }
        }
    }

    private async Task<Written> WriteBatchAsync(List<Entry> batch)
    {
        var items = batch.ConvertAll(entry => entry.Item);
        var started = _time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new Written(batch, await CommitOnceAsync(items), null);
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException or InvalidOperationException or OperationCanceledException)
            {
                await DropConnectionAsync();
                if (!MayPass(exception) || _time.GetElapsedTime(started) > GiveUpAfter)
                {
                    GaveUp(_logger, exception, items.Count, attempt);
                    return new Written(batch, [], new ChatException(Unavailable("The server cannot store messages at the moment: try again shortly.")));
                }

                Retrying(_logger, items.Count, attempt, exception.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(1000, 50 << Math.Min(attempt, 5))), _time);
            }
            catch (Exception exception)
            {
                await DropConnectionAsync();
                GaveUp(_logger, exception, items.Count, attempt);
                return new Written(batch, [], new ChatException(ErrorCodes.Internal, "The message could not be stored."));
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

    [LoggerMessage(LogLevel.Error, "What is committed could not be told.")]
    private static partial void NotTold(ILogger logger, Exception exception);

    private sealed class Entry(TItem item) : TaskCompletionSource<TResult>
    {
        public TItem Item => item;
    }

    /// <param name="Results">One for each, unless there is a failure.</param>
    private readonly record struct Written(List<Entry> Batch, TResult[] Results, Exception? Failure);
}
