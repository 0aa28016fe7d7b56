using ChatService.Core.Accounts;
using Npgsql;

namespace ChatService.Hub.Accounts;

/// <summary>Has the keys ready before the first request, and looks for new ones now and then.</summary>
internal sealed partial class ServerKeyRefresh(
    IServiceScopeFactory scopes, ServerKeys keys, ServerKeyRing ring, TimeProvider time, ILogger<ServerKeyRefresh> logger)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_retryEvery = TimeSpan.FromSeconds(1);

    /// <summary>A hub may be up before the worker has migrated: it waits, not listening yet.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        for (var waited = false; ; waited = true)
        {
            try
            {
                await RefreshAsync(cancellationToken);
                return;
            }
            catch (Exception exception) when (IsNotThereYet(exception))
            {
                if (!waited)
                {
                    LogWaiting(logger, exception.Message);
                }

                await Task.Delay(s_retryEvery, time, cancellationToken);
            }
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception);
            }
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDbContext>();
        ring.Load(await keys.EnsureAsync(db, cancellationToken));
    }

    private static bool IsNotThereYet(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidCatalogName } => true,
        NpgsqlException { IsTransient: true } or TimeoutException => true,
        { InnerException: { } inner } => IsNotThereYet(inner),
        _ => false,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting for the accounts database: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The authority's keys could not be refreshed; the ones in memory stay in use")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
