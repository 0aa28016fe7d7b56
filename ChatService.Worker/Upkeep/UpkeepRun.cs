using Quartz;

namespace ChatService.Worker.Upkeep;

/// <summary>One run of one job, wherever in the cluster it is. Its failure is its result; the next run does what is left.</summary>
[DisallowConcurrentExecution]
internal sealed partial class UpkeepRun(
    IServiceProvider services, UpkeepMetrics metrics, IHostApplicationLifetime host, TimeProvider time, ILogger<UpkeepRun> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (UpkeepJobs.Find(context.JobDetail.Key.Name) is not { } job)
        {
            // Another version's job, which that version runs next time.
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        var started = time.GetTimestamp();
        try
        {
            var found = await job.RunAsync(services, time.GetUtcNow().UtcDateTime, stop.Token);
            metrics.Ran(job.Name, succeeded: true, found, time.GetElapsedTime(started));
            if (found > 0)
            {
                LogDone(logger, job.Name, found);
            }
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            metrics.Ran(job.Name, succeeded: false, 0, time.GetElapsedTime(started));
            LogFailed(logger, job.Name, exception);
            throw;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Job}: {Count} done.")]
    private static partial void LogDone(ILogger logger, string job, int count);

    [LoggerMessage(LogLevel.Warning, "{Job} failed; its next run does what is left.")]
    private static partial void LogFailed(ILogger logger, string job, Exception exception);
}
