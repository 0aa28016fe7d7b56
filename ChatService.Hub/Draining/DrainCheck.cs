using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatService.Hub.Draining;

/// <summary>A server that is going away gets no new clients.</summary>
public sealed class DrainCheck(DrainingLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.IsDraining ? HealthCheckResult.Unhealthy("draining") : HealthCheckResult.Healthy());
}
