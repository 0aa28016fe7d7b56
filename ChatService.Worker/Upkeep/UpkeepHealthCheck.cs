using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatService.Worker.Upkeep;

/// <summary>Every job with its last run, its result and its next run. What failed is done by a later run, so nothing is down: degraded.</summary>
internal sealed class UpkeepHealthCheck(UpkeepScheduler scheduler, UpkeepStatusReader statuses) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!scheduler.IsRunning)
        {
            return HealthCheckResult.Degraded("The schedule has not started yet.");
        }

        var all = await statuses.ReadAsync(cancellationToken);
        var data = all.ToDictionary(status => status.Job, object (status) => status.ToString());
        return all.Any(status => status.HasFailed)
            ? HealthCheckResult.Degraded("A job failed.", data: data)
            : HealthCheckResult.Healthy(data: data);
    }
}
