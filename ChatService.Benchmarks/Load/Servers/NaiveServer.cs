using ChatService.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatService.Benchmarks.Load.Servers;

/// <summary>The hub that one writes first: a row per message through EF Core, then the broadcast.</summary>
internal static class NaiveServer
{
    public const string Command = "serve-naive";

    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDbContextPool<NaiveDbContext>(options =>
            options.UseNpgsql(builder.Configuration.GetConnectionString("naive")).UseSnakeCaseNamingConvention());
        builder.Services.AddSignalR(options => options.MaximumReceiveMessageSize = Limits.EnvelopeBase64)
            .AddStackExchangeRedis(builder.Configuration.GetConnectionString("redis")!);
        var app = builder.Build();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<NaiveDbContext>().Database.EnsureCreatedAsync();
        }

        app.MapGet("/alive", () => "alive");
        app.MapHub<NaiveHub>(Routes.Hub);
        await app.RunAsync();
        return 0;
    }
}
