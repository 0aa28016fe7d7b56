using ChatService.Contracts;
using ChatService.Core.Accounts;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ChatService.Hub.Accounts;

public static class AccountsExtensions
{
    /// <summary>Accepts tokens of the configured authority, or is the authority.</summary>
    public static WebApplicationBuilder AddAccounts(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<AccountsOptions>, AccountsOptionsValidation>();
        services.AddOptions<AccountsOptions>()
            .Bind(builder.Configuration.GetSection(AccountsOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();

        // At Information it writes whole requests.
        builder.Logging.AddFilter("OpenIddict", LogLevel.Warning);
        services.AddSingleton<ChatUserResolver>();
        services.AddSingleton<RevokedAccess>();
        services.AddScoped<SignInEnd>();
        services.ConfigureOptions<BearerTokens>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddAuthorizationBuilder().SetFallbackPolicy(
            new AuthorizationPolicyBuilder(JwtBearerDefaults.AuthenticationScheme)
                .RequireAssertion(context => context.User.Identity is { IsAuthenticated: true } || IsRoutingsOwnRefusal(context.Resource))
                .Build());

        builder.AddNpgsqlDbContext<AccountsDbContext>(
            "chatdb", settings => settings.DisableHealthChecks = true, AccountsDbContextOptions.Configure);
        services.AddAccountsDataProtection(builder.Configuration);
        if (AccountsOptions.From(builder.Configuration) is { IsBuiltIn: true } accounts)
        {
            builder.AddBuiltInAuthority(accounts);
        }

        return builder;
    }

    /// <summary>405 and 415 are endpoints without a route: they say what is wrong to everyone.</summary>
    private static bool IsRoutingsOwnRefusal(object? resource) =>
        resource is HttpContext context && context.GetEndpoint() is not (null or RouteEndpoint);

    public static WebApplication UseAccounts(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UsePublicUrl();
        if (app.Services.GetRequiredService<IOptions<AccountsOptions>>().Value.IsBuiltIn)
        {
            app.UseCleanParameters();
            app.UseTokenLimits();
        }

        app.UseAuthentication();
        app.UseAuthorization();
        return app;
    }

    public static WebApplication MapAccounts(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapUsers();
        if (app.Services.GetRequiredService<IOptions<AccountsOptions>>().Value.Authority is { } authority)
        {
            var discovery = new Uri(new Uri(authority.AbsoluteUri.TrimEnd('/') + "/"), Routes.Discovery.TrimStart('/'));
            app.MapGet(Routes.Discovery, () => TypedResults.Redirect(discovery.AbsoluteUri)).AllowAnonymous();
        }
        else
        {
            app.MapBuiltInAuthority();
        }

        return app;
    }
}
