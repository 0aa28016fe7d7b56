using ChatService.Core.Storage;
using ChatService.Worker.Storage;

namespace ChatService.Worker.Upkeep;

/// <summary>Runs one job by the clock. A run that fails is logged, and the next one does what is left.</summary>
internal sealed partial class UpkeepService(
    UpkeepJob job, IServiceScopeFactory scopes, SchemaState schema, TimeProvider time, ILogger<UpkeepService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WhenCurrentAsync(stoppingToken);
        using var timer = new PeriodicTimer(job.Every, time);
        do
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, job.Name, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ChatDbContext>();
        var deleted = 0;
        await UpkeepLock.TryRunAsync(
            db,
            job.Name,
            async () =>
            {
                int batch;
                do
                {
                    batch = await job.DeleteBatch(db, time.GetUtcNow().UtcDateTime, cancellationToken);
                    deleted += batch;
                }
                while (batch > 0);
            },
            cancellationToken);
        if (deleted > 0)
        {
            LogDeleted(logger, job.Name, deleted);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Job} deleted {Rows} rows.")]
    private static partial void LogDeleted(ILogger logger, string job, int rows);

    [LoggerMessage(LogLevel.Warning, "{Job} failed; its next run does what is left.")]
    private static partial void LogFailed(ILogger logger, string job, Exception exception);
}
