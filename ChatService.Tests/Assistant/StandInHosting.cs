using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace ChatService.Tests.Assistant;

internal static class StandInHosting
{
    /// <summary>A port that is free.</summary>
    public static void ConfigureKestrelUrl(this ConfigureWebHostBuilder host) => host.UseUrls("http://127.0.0.1:0");
}
