using ChatService.Contracts;
using ChatService.Core.Accounts;
using ChatService.Hub.Errors;
using ChatService.Hub.RateLimiting;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using OAuthErrors = OpenIddict.Abstractions.OpenIddictConstants.Errors;

namespace ChatService.Hub.Accounts;

/// <summary>Authorization code with PKCE (RFC 6749 section 4.1, RFC 7636).</summary>
internal static class AuthorizeEndpoint
{
    public static void MapAuthorize(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(AuthorityPaths.Authorize, ["GET", "POST"], Authorize);

    private static async Task<IResult> Authorize(
        HttpContext context, AccountsDbContext db, IAntiforgery antiforgery, RateLimiter limiter, IOptions<AccountsOptions> accounts)
    {
        var request = context.GetOpenIddictServerRequest()!;
        if (await AccountCookie.ReadAsync(context, db) is not { } session)
        {
            return request.HasPromptValue(PromptValues.None)
                ? AuthorityRefusal.Refuse(OAuthErrors.LoginRequired, "Nobody is signed in.")
                : TypedResults.Challenge(
                    new AuthenticationProperties { RedirectUri = AuthorityPaths.Authorize + QueryString.Create(Parameters(context)) },
                    [AccountCookie.Scheme]);
        }

        // Each code is a row.
        if (limiter.TryTake(RateLimits.Accounts, $"codes:{session.User.Id:N}") is { } tooMany)
        {
            return tooMany.ToResult();
        }

        // RFC 8252 section 8.6: any program on the machine may pose as the terminal client, so a browser's user is asked.
        if (request.ClientId == KnownClients.Cli && !session.IsNative)
        {
            if (!HttpMethods.IsPost(context.Request.Method) || !await antiforgery.IsRequestValidAsync(context))
            {
                return request.HasPromptValue(PromptValues.None)
                    ? AuthorityRefusal.Refuse(OAuthErrors.ConsentRequired, "The user has to agree.")
                    : ConsentPage.Render(context, antiforgery, AuthorityPaths.Authorize, session.User.UserName!, Parameters(context));
            }

            if (context.Request.Form[ConsentPage.Decision] != ConsentPage.Allow)
            {
                return AuthorityRefusal.Refuse(OAuthErrors.AccessDenied, "The user said no.");
            }
        }

        return TypedResults.SignIn(
            TokenPrincipal.For(session.User, request.GetScopes(), accounts.Value.Audience),
            properties: null,
            OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static List<KeyValuePair<string, StringValues>> Parameters(HttpContext context)
    {
        IEnumerable<KeyValuePair<string, StringValues>> sent =
            context.Request.HasFormContentType ? context.Request.Form : context.Request.Query;
        return [.. sent.Where(parameter => parameter.Key is not ("prompt" or ConsentPage.Decision or PageForm.AntiforgeryField))];
    }
}
