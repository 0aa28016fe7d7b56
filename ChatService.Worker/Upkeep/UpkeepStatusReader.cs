using Quartz;
using Quartz.Extensibility;

namespace ChatService.Worker.Upkeep;

/// <summary>Reads from PostgreSQL how the jobs stand, whichever worker ran them.</summary>
internal sealed class UpkeepStatusReader(ISchedulerFactory schedulers, IExecutionHistoryStore history)
{
    public async Task<IReadOnlyList<UpkeepStatus>> ReadAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var triggers = (await scheduler.GetTriggers([.. UpkeepJobs.All.Select(UpkeepScheduler.TriggerOf)], cancellationToken))
            .ToDictionary(trigger => trigger.Key);
        var query = new JobRunStatusQuery { SchedulerName = scheduler.SchedulerName, Jobs = [.. UpkeepJobs.All.Select(UpkeepScheduler.KeyOf)] };
        var runs = (await history.QueryJobRunStatuses(query with { Take = UpkeepJobs.All.Count }, cancellationToken)).Items.ToDictionary(run => run.Job);
        return
        [
            .. UpkeepJobs.All.Select(job =>
            {
                var run = runs.GetValueOrDefault(UpkeepScheduler.KeyOf(job));
                return new UpkeepStatus(
                    job.Name, run?.LastFiredAtUtc, triggers.GetValueOrDefault(UpkeepScheduler.TriggerOf(job))?.NextFireTimeUtc, (int)(run?.ConsecutiveFailures ?? 0));
            }),
        ];
    }
}
