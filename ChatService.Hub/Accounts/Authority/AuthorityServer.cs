using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ChatService.Hub.Accounts;

internal static class AuthorityServer
{
    /// <summary>Easily told apart when read aloud or typed: no vowels (no words), no digits.</summary>
    private const string UserCodeLetters = "BCDFGHJKLMNPQRSTVWXZ";

    public static void Configure(this OpenIddictServerBuilder server, AccountsOptions accounts, IHostEnvironment environment)
    {
        server.SetAuthorizationEndpointUris(AuthorityPaths.Authorize)
            .SetTokenEndpointUris(AuthorityPaths.Token)
            .SetDeviceAuthorizationEndpointUris(AuthorityPaths.DeviceAuthorization)
            .SetEndUserVerificationEndpointUris(AuthorityPaths.Verify)
            .SetUserInfoEndpointUris(AuthorityPaths.UserInfo)
            .SetRevocationEndpointUris(AuthorityPaths.Revoke)
            .SetEndSessionEndpointUris(AuthorityPaths.EndSession);

        server.AllowAuthorizationCodeFlow()
            .AllowDeviceAuthorizationFlow()
            .AllowClientCredentialsFlow()
            .AllowRefreshTokenFlow()
            .RequireProofKeyForCodeExchange();
        server.Configure(options => options.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain));
        server.Configure(options => options.PromptValues.IntersectWith([PromptValues.None]));
        server.RegisterScopes(Scopes.OpenId, Scopes.Profile, Scopes.OfflineAccess);
        server.RegisterClaims(Claims.Subject, Claims.PreferredUsername);

        // A resource server of any kind checks the token with the published keys alone.
        server.DisableAccessTokenEncryption();
        server.SetAccessTokenLifetime(accounts.AccessTokenLifetime)
            .SetRefreshTokenLifetime(TimeSpan.FromDays(accounts.RefreshTokenDays))
            .SetRefreshTokenReuseLeeway(accounts.RefreshReuseSeconds == 0 ? null : TimeSpan.FromSeconds(accounts.RefreshReuseSeconds))
            .SetAuthorizationCodeLifetime(TimeSpan.FromMinutes(2))
            .SetDeviceCodeLifetime(TimeSpan.FromMinutes(10))
            .SetUserCodeLifetime(TimeSpan.FromMinutes(10))
            .SetUserCodeLength(8)
            .SetUserCodeCharset([.. UserCodeLetters.Select(letter => letter.ToString())]);

        var host = server.UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough()
            .EnableTokenEndpointPassthrough()
            .EnableEndUserVerificationEndpointPassthrough()
            .EnableEndSessionEndpointPassthrough();
        if (environment.IsDevelopment() || accounts.PublicUrl?.Scheme == Uri.UriSchemeHttp)
        {
            host.DisableTransportSecurityRequirement();
        }

        if (accounts.PublicUrl is { } publicUrl)
        {
            server.SetIssuer(publicUrl);
        }
    }
}
