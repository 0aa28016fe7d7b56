using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatService.Hub.Realtime;

/// <summary>The hub can be made, and its backplane is there. Without the backplane it still stores and answers: degraded.</summary>
public sealed class SignalRHubCheck<THub>(BackplaneMonitor backplane, IServiceProvider services) : IHealthCheck
    where THub : Microsoft.AspNetCore.SignalR.Hub
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        _ = services.GetRequiredService<IHubContext<THub>>();
        return Task.FromResult(backplane.IsAvailable
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("The Redis backplane is away: messages are stored, clients poll."));
    }
}
