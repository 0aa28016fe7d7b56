using ChatService.Core.Accounts;
using Microsoft.Extensions.Options;
using OpenIddict.Server;

namespace ChatService.Hub.Accounts;

internal static class BuiltInAuthority
{
    public static void AddBuiltInAuthority(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ServerKeys>();
        services.AddSingleton<ServerKeyRing>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(provider => provider.GetRequiredService<ServerKeyRing>());
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(provider => provider.GetRequiredService<ServerKeyRing>());
        services.AddHostedService<ServerKeyRefresh>();
    }

    public static void MapBuiltInAuthority(this WebApplication app)
    {
    }
}
