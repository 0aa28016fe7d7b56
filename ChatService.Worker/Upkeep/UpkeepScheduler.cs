using ChatService.Worker.Storage;
using Quartz;

namespace ChatService.Worker.Upkeep;

/// <summary>
/// Takes part in the cluster that runs the jobs, once the schema is there. The schedule is in PostgreSQL and belongs to
/// all workers: each firing goes to one of them, and what a worker that died was doing, another one does again.
/// </summary>
internal sealed partial class UpkeepScheduler(
    ISchedulerFactory schedulers, UpkeepStatusReader statuses, UpkeepMetrics metrics, SchemaState schema, TimeProvider time, ILogger<UpkeepScheduler> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(30);

    private IScheduler? _scheduler;

    public bool IsRunning => _scheduler is not null;

    public static JobKey KeyOf(UpkeepJob job) => new(job.Name);

    public static TriggerKey TriggerOf(UpkeepJob job) => new(job.Name);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_scheduler is { } scheduler)
        {
            await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WhenCurrentAsync(stoppingToken);
        using var timer = new PeriodicTimer(s_look, time);
        do
        {
            try
            {
                _scheduler ??= await StartAsync(await schedulers.GetScheduler(stoppingToken), stoppingToken);
                metrics.Know(await statuses.ReadAsync(stoppingToken));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<IScheduler> StartAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        foreach (var job in UpkeepJobs.All)
        {
            // A job keeps its place in the schedule when a worker starts, unless this version wants another interval.
            if (await scheduler.GetTrigger(TriggerOf(job), cancellationToken) is not ISimpleTrigger known || known.RepeatInterval != job.Every)
            {
                await scheduler.ScheduleJob(DetailOf(job), ScheduleOf(job), ScheduleJobOptions.Replacing, cancellationToken);
            }
        }

        await scheduler.Start(cancellationToken);
        return scheduler;
    }

    private static IJobDetail DetailOf(UpkeepJob job) =>
        JobBuilder.Create<UpkeepRun>().WithIdentity(KeyOf(job)).RequestRecovery().Build();

    private ITrigger ScheduleOf(UpkeepJob job) => TriggerBuilder.Create(time)
        .WithIdentity(TriggerOf(job))
        .ForJob(KeyOf(job))
        .StartNow()
        .WithSchedule(SimpleScheduleBuilder.Create()
            .WithInterval(job.Every)
            .RepeatForever()
            .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount))
        .Build();

    [LoggerMessage(LogLevel.Warning, "The schedule could not be read or started; it is tried again.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
