using ChatService.Core.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OpenIddict.Server;

namespace ChatService.Hub.Accounts;

internal static class BuiltInAuthority
{
    public static void AddBuiltInAuthority(this WebApplicationBuilder builder, AccountsOptions accounts)
    {
        var services = builder.Services;
        services.AddSingleton<ServerKeyRing>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(provider => provider.GetRequiredService<ServerKeyRing>());
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(provider => provider.GetRequiredService<ServerKeyRing>());
        services.AddHostedService<ServerKeyRefresh>();
        services.AddHostedService<ClientRegistrations>();

        services.AddIdentityCore<AccountUser>(identity =>
            {
                identity.Password = new PasswordOptions
                {
                    RequiredLength = AccountRules.ShortestPassword,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                };
            })
            .AddEntityFrameworkStores<AccountsDbContext>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = accounts.PasswordIterations);
        services.AddScoped<AccountCreation>();
        services.AddScoped<AccountDeletion>();
        services.AddScoped<PasswordCheck>();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "chat-antiforgery";
            antiforgery.Cookie.SecurePolicy = accounts.CookieSecurity;
        });
        services.AddAuthentication().AddAccountCookie(accounts);
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<AccountsDbContext>().ReplaceDefaultEntities<Guid>())
            .AddServer(server => server.Configure(accounts, builder.Environment));
    }

    public static void MapBuiltInAuthority(this WebApplication app)
    {
        var pages = app.MapGroup("").AllowAnonymous().ExcludeFromDescription().RequestsUpTo(64 * 1024);
        pages.MapAuthorize();
        pages.MapToken();
        pages.MapVerify();
        pages.MapEndSession();
        pages.MapSignInPage();

        var api = app.MapGroup("").RequestsUpTo(16 * 1024);
        api.MapRegister();
        api.MapSignIn();
        api.MapBots();
        api.MapDeleteAccount();
    }
}
