namespace ChatService.Worker.Assistant;

/// <summary>
/// The right to be the assistant, held by one worker at a time and renewed while it lives. Its number fences the store: a worker
/// that was replaced, however late it notices, can change nothing any more.
/// </summary>
internal sealed class AssistantLease : IAsyncDisposable
{
    public const string Name = "session";

    private static readonly TimeSpan s_lasts = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_renewEvery = TimeSpan.FromSeconds(1);

    private readonly AssistantDatabase _database;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;

    private AssistantLease(AssistantDatabase database, long fence, TimeProvider time)
    {
        (_database, Fence, _time) = (database, fence, time);
        _renewing = RenewAsync();
    }

    public long Fence { get; }

    /// <summary>Cancelled when another worker has it, or may have.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Waits until nobody else has it. The clock is the database's.</summary>
    public static async Task<AssistantLease> AcquireAsync(AssistantDatabase database, TimeProvider time, CancellationToken cancellationToken)
    {
        var holder = Guid.CreateVersion7();
        while (true)
        {
            await using (var command = database.Command(
                """
                INSERT INTO assistant.leases AS l (name, holder, fence, expires_at) VALUES ($1, $2, 1, clock_timestamp() + $3)
                ON CONFLICT (name) DO UPDATE SET holder = $2, fence = l.fence + 1, expires_at = clock_timestamp() + $3
                WHERE l.expires_at < clock_timestamp()
                RETURNING fence
                """,
                Name,
                holder,
                s_lasts))
            {
                if (await command.ExecuteScalarAsync(cancellationToken) is long fence)
                {
                    return new AssistantLease(database, fence, time);
                }
            }

            await Task.Delay(s_renewEvery, time, cancellationToken);
        }
    }

    /// <summary>Lets the next one in at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _renewing;
        try
        {
            await using var command = _database.Command(
                "UPDATE assistant.leases SET expires_at = clock_timestamp() - interval '1 second' WHERE name = $1 AND fence = $2", Name, Fence);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is Npgsql.NpgsqlException or TimeoutException)
        {
            // It runs out by itself.
        }

        _lost.Dispose();
        _ended.Dispose();
    }

    private async Task RenewAsync()
    {
        var renewedAt = _time.GetTimestamp();
        try
        {
            while (true)
            {
                await Task.Delay(s_renewEvery, _time, _ended.Token);
                var startedAt = _time.GetTimestamp();
                if (await TryRenewAsync() is not { } isMine)
                {
                    if (_time.GetElapsedTime(renewedAt) < s_lasts)
                    {
                        continue;
                    }

                    isMine = false;
                }

                if (!isMine)
                {
                    await _lost.CancelAsync();
                    return;
                }

                renewedAt = startedAt;
            }
        }
        catch (OperationCanceledException)
        {
            // Given back.
        }
    }

    /// <summary>Null: the database did not answer.</summary>
    private async Task<bool?> TryRenewAsync()
    {
        try
        {
            await using var command = _database.Command(
                "UPDATE assistant.leases SET expires_at = clock_timestamp() + $3 WHERE name = $1 AND fence = $2", Name, Fence, s_lasts);
            return await command.ExecuteNonQueryAsync(_ended.Token) == 1;
        }
        catch (Exception exception) when (exception is Npgsql.NpgsqlException or TimeoutException)
        {
            return null;
        }
    }
}
