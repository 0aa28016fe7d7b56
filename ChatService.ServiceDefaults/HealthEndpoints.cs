using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.Hosting;

public static class HealthEndpoints
{
    public const string HealthPath = "/health";
    public const string AlivePath = "/alive";

    /// <summary>A check with this tag says nothing that a stranger must not read: each entry of its data becomes a line of <c>/health</c>.</summary>
    public const string Reported = "reported";

    /// <summary>
    /// Maps <c>/health</c> (ready for traffic: every check passes) and <c>/alive</c> (only the checks tagged "live").
    /// Mapped in every environment, since an orchestrator's probes need them.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks(HealthPath, new HealthCheckOptions { ResponseWriter = NameWhatFailsAsync }).AllowAnonymous();
        app.MapHealthChecks(AlivePath, new HealthCheckOptions { Predicate = check => check.Tags.Contains("live") })
            .AllowAnonymous();
        return app;
    }

    /// <summary>Names only: a check's description may say too much to a stranger.</summary>
    private static Task NameWhatFailsAsync(HttpContext context, HealthReport report)
    {
        var failing = report.Entries.Where(check => check.Value.Status != HealthStatus.Healthy).Select(check => check.Key).ToList();
        context.Response.ContentType = "text/plain";
        var lines = report.Entries.Values.Where(check => check.Tags.Contains(Reported))
            .SelectMany(check => check.Data).Select(entry => $"{entry.Key}: {entry.Value}");
        var summary = failing.Count == 0 ? report.Status.ToString() : $"{report.Status}: {string.Join(", ", failing)}";
        return context.Response.WriteAsync(string.Join('\n', lines.Prepend(summary)), context.RequestAborted);
    }
}
