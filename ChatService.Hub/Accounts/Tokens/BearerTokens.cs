using ChatService.Contracts;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace ChatService.Hub.Accounts;

/// <summary>What an access token must be: signed by the authority, for this audience, and in time.</summary>
internal sealed class BearerTokens(
    IOptions<AccountsOptions> accounts, IHostEnvironment environment, RevokedAccess revoked, IServiceProvider services)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromSeconds(15);

    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.MapInboundClaims = false;
        options.IncludeErrorDetails = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = accounts.Value.Audience,
            ClockSkew = s_clockSkew,
            NameClaimType = "preferred_username",
            RequireExpirationTime = true,
            RequireSignedTokens = true,
        };
        options.Events = new JwtBearerEvents
        {
            OnMessageReceived = TakeTokenOfHubFromQuery,
            OnTokenValidated = RefuseRevoked,
            OnChallenge = SayWhyRevoked,
        };

        if (accounts.Value.Authority is { } authority)
        {
            options.Authority = authority.AbsoluteUri;
            options.RequireHttpsMetadata = !environment.IsDevelopment();
            options.TokenValidationParameters.ValidAlgorithms = s_asymmetric;
        }
        else
        {
            AcceptOwn(options.TokenValidationParameters);
        }
    }

    private static readonly string[] s_asymmetric =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private void AcceptOwn(TokenValidationParameters parameters)
    {
        var ring = services.GetRequiredService<ServerKeyRing>();
        parameters.IssuerSigningKeyResolver = (_, _, keyId, _) => ring.Find(keyId);
        parameters.ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256];
        // RFC 9068: neither an identity token nor anything else that these keys sign passes for an access token.
        parameters.ValidTypes = ["at+jwt"];
        // Nobody else has these keys; without a public address the issuer is whatever the token's client called us.
        parameters.ValidateIssuer = accounts.Value.PublicUrl is not null;
        parameters.ValidIssuer = accounts.Value.PublicUrl?.AbsoluteUri;
    }

    private Task RefuseRevoked(TokenValidatedContext context)
    {
        if (context.Principal?.FindFirst("sub") is not null && revoked.Find(SignInSession.Of(context.Principal)) is { } reason)
        {
            context.HttpContext.Items[typeof(RevocationReason)] = reason;
            context.Fail("revoked");
        }

        return Task.CompletedTask;
    }

    private static Task SayWhyRevoked(JwtBearerChallengeContext context)
    {
        if (context.HttpContext.Items[typeof(RevocationReason)] is not RevocationReason reason)
        {
            return Task.CompletedTask;
        }

        context.HandleResponse();
        return new ErrorResult(reason.ToError(), StatusCodes.Status401Unauthorized).ExecuteAsync(context.HttpContext);
    }

    /// <summary>A browser cannot set headers on a WebSocket. Nowhere else is a token accepted in an address.</summary>
    private static Task TakeTokenOfHubFromQuery(MessageReceivedContext context)
    {
        if (context.Request.Path.Equals(Routes.Hub, StringComparison.OrdinalIgnoreCase)
            && !context.Request.Headers.ContainsKey("Authorization"))
        {
            context.Token = context.Request.Query["access_token"];
        }

        return Task.CompletedTask;
    }
}
