using ChatService.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatService.Benchmarks.Load.Servers;

/// <summary>What SignalR and Redis cost alone.</summary>
internal static class BareServer
{
    public const string Command = "serve-bare";

    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSignalR(options => options.MaximumReceiveMessageSize = Limits.EnvelopeBase64)
            .AddMessagePackProtocol()
            .AddStackExchangeRedis(builder.Configuration.GetConnectionString("redis")!);
        var app = builder.Build();
        app.MapGet("/alive", () => "alive");
        app.MapHub<BareHub>(Routes.Hub);
        await app.RunAsync();
        return 0;
    }
}
