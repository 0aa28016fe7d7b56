using ChatService.Worker.Keys;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Quartz;

namespace ChatService.Worker.Upkeep;

internal static class UpkeepExtensions
{
    public static WebApplicationBuilder AddUpkeep(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<UpkeepOptions>().BindConfiguration(UpkeepOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var options = builder.Configuration.GetSection(UpkeepOptions.Section).Get<UpkeepOptions>() ?? new UpkeepOptions();
        builder.Services.AddQuartz(quartz => quartz
            .ConfigureScheduler(scheduler => scheduler.InstanceName = "upkeep")
            .UseDefaultThreadPool(2)
            .UsePersistentStore(store =>
            {
                store.UsePostgres(NpgsqlFactory.Instance, builder.Configuration.GetConnectionString("chatdb")!);
                store.ProvisionSchema();
                // Whatever ends the process, the schedule does not hold it.
                store.ConfigureStore(settings => settings.UseBackgroundThreads = true);
                store.UseExecutionHistory();
                store.UseClustering(cluster =>
                {
                    cluster.CheckinInterval = options.CheckIn;
                    cluster.CheckinMisfireThreshold = options.CheckIn;
                });
            }));
        builder.Services.AddScoped<UpkeepRun>();
        builder.Services.AddSingleton<UpkeepMetrics>();
        builder.Services.AddSingleton<UpkeepStatusReader>();
        builder.Services.AddSingleton<UpkeepScheduler>();
        builder.Services.AddHostedService(services => services.GetRequiredService<UpkeepScheduler>());
        builder.Services.AddHealthChecks().AddCheck<UpkeepHealthCheck>("upkeep", HealthStatus.Degraded, [HealthEndpoints.Reported]);

        builder.AddKeyUpkeep();
        return builder;
    }
}
