using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatService.Worker.Storage;

internal sealed class SchemaHealthCheck(SchemaState schema) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(schema.IsCurrent
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The schema is being migrated."));
}
