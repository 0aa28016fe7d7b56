using Quartz;
using Quartz.Extensibility;

namespace ChatService.Worker.Upkeep;

/// <summary>Reads from PostgreSQL how the jobs stand, whichever worker ran them.</summary>
internal sealed class UpkeepStatusReader(ISchedulerFactory schedulers, IExecutionHistoryStore history)
{
    public async Task<IReadOnlyList<UpkeepStatus>> ReadAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        List<UpkeepStatus> statuses = [];
        foreach (var job in UpkeepJobs.All)
        {
            var trigger = await scheduler.GetTrigger(UpkeepScheduler.TriggerOf(job), cancellationToken);
            var run = await history.GetJobRunStatus(scheduler.SchedulerName, UpkeepScheduler.KeyOf(job), cancellationToken);
            statuses.Add(new(job.Name, run?.LastFiredAtUtc, trigger?.NextFireTimeUtc, (int)(run?.ConsecutiveFailures ?? 0)));
        }

        return statuses;
    }
}
