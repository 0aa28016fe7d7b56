using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

internal static class Telemetry
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The names of this system's own activity sources and meters start with this.</summary>
    private const string OwnSources = "ChatService.*";

    /// <summary>Without a collector to send to there is nobody to tell, and a span per hub call is not free.</summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[OtlpEndpoint]))
        {
            return;
        }

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(OwnSources))
            .WithTracing(tracing => tracing
                .AddSource(builder.Environment.ApplicationName, OwnSources)
                .AddAspNetCoreInstrumentation(options => options.Filter = request => !IsProbe(request.Request.Path))
                .AddHttpClientInstrumentation()
                .AddSource("Npgsql")
                .AddProcessor<AddressRedactor>())
            .UseOtlpExporter();
    }

    private static bool IsProbe(Microsoft.AspNetCore.Http.PathString path) =>
        path.StartsWithSegments(HealthEndpoints.HealthPath, StringComparison.Ordinal)
        || path.StartsWithSegments(HealthEndpoints.AlivePath, StringComparison.Ordinal);
}
