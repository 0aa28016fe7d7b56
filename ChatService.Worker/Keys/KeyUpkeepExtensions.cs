using ChatService.Core.Accounts;

namespace ChatService.Worker.Keys;

internal static class KeyUpkeepExtensions
{
    public static void AddKeyUpkeep(this WebApplicationBuilder builder)
    {
        builder.AddRedisClient("redis", settings => settings.DisableHealthChecks = true);
        builder.Services.AddAccountsDataProtection(builder.Configuration);
        // It would read the ring at once. Here the schema may not be there yet, and the ring is read when it is needed.
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType?.Name == "DataProtectionHostedService"));
        builder.Services.AddSingleton<HubNotices>();
        builder.Services.AddSingleton<KeyFigures>();
        builder.Services.AddScoped<KeyRequests>();
        builder.Services.AddScoped<DeviceRetirements>();
        builder.Services.AddScoped<ServerKeyRotation>();
    }
}
