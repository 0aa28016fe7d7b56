using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Server.AspNetCore;

namespace ChatService.Hub.Accounts;

/// <summary>Ends the browser's session (OpenID Connect RP-Initiated Logout 1.0), after asking: any page may link here.</summary>
internal static class EndSessionEndpoint
{
    public static void MapEndSession(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(AuthorityPaths.EndSession, ["GET", "POST"], EndSession);

    private static async Task<IResult> EndSession(HttpContext context, IAntiforgery antiforgery)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !await antiforgery.IsRequestValidAsync(context))
        {
            return SignOutPage.Render(context, antiforgery);
        }

        await context.SignOutAsync(AccountCookie.Scheme);
        return TypedResults.SignOut(
            new AuthenticationProperties { RedirectUri = AuthorityPaths.Done },
            [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }
}
