using ChatService.Tests.AppHost;
using Microsoft.Extensions.Configuration;

namespace ChatService.Tests.Accounts;

/// <summary>What the AppHost gives its hubs on a developer's machine, for processes that the tests start beside them.</summary>
internal static class DevelopmentSettings
{
    public static string SealingKey { get; } = new ConfigurationBuilder()
        .AddJsonFile(AppHostProcess.RootOf("ChatService.AppHost/appsettings.Development.json"))
        .Build()["Parameters:server-sealing-key"]!;

    public static IConfiguration Configuration { get; } =
        new ConfigurationBuilder().AddInMemoryCollection([new("ServerKeys:SealingKey", SealingKey)]).Build();
}
