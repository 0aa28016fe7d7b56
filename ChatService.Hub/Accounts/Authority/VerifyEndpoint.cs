using ChatService.Contracts;
using ChatService.Core.Accounts;
using ChatService.Hub.RateLimiting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ChatService.Hub.Accounts;

/// <summary>Where a person types the code that a terminal shows (RFC 8628 section 3.3).</summary>
internal static class VerifyEndpoint
{
    private const string UserCode = "user_code";

    public static void MapVerify(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods(AuthorityPaths.Verify, ["GET", "POST"], Verify).LimitedBy(RateLimits.Accounts);
        routes.MapGet(AuthorityPaths.VerifyCode, (string? code) => TypedResults.LocalRedirect(
            AuthorityPaths.Verify + QueryString.Create(UserCode, (code ?? "").Trim().ToUpperInvariant())));
    }

    private static async Task<IResult> Verify(
        HttpContext context, AccountsDbContext db, IAntiforgery antiforgery, IOptions<AccountsOptions> accounts)
    {
        var result = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        var code = result.Properties?.GetTokenValue(OpenIddictServerAspNetCoreConstants.Tokens.UserCode);
        if (await AccountCookie.ReadAsync(context, db) is not { } session)
        {
            var query = string.IsNullOrEmpty(code) ? default : QueryString.Create(UserCode, code);
            return TypedResults.Challenge(
                new AuthenticationProperties { RedirectUri = AuthorityPaths.Verify + query }, [AccountCookie.Scheme]);
        }

        if (!result.Succeeded || string.IsNullOrEmpty(result.Principal.GetClaim(Claims.ClientId)))
        {
            return DevicePage.AskForCode(wrong: !string.IsNullOrEmpty(code));
        }

        if (!HttpMethods.IsPost(context.Request.Method) || !await antiforgery.IsRequestValidAsync(context))
        {
            return ConsentPage.Render(
                context, antiforgery, AuthorityPaths.Verify, session.User.UserName!, [new(UserCode, code)], code);
        }

        return context.Request.Form[ConsentPage.Decision] == ConsentPage.Allow
            ? TypedResults.SignIn(
                TokenPrincipal.For(session.User, result.Principal.GetScopes(), accounts.Value.Audience),
                new AuthenticationProperties { RedirectUri = AuthorityPaths.Done },
                OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)
            : TypedResults.Forbid(
                new AuthenticationProperties { RedirectUri = AuthorityPaths.Done },
                [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }
}
