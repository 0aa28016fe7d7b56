namespace ChatService.Worker.Upkeep;

internal static class UpkeepExtensions
{
    public static WebApplicationBuilder AddUpkeep(this WebApplicationBuilder builder)
    {
        foreach (var job in UpkeepJobs.All)
        {
            // Not AddHostedService, which would take the first of a type for all of them.
            builder.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<UpkeepService>(services, job));
        }

        return builder;
    }
}
