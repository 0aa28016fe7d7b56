using ChatService.Core.Accounts;
using ChatService.Core.Storage;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using OAuthErrors = OpenIddict.Abstractions.OpenIddictConstants.Errors;

namespace ChatService.Hub.Accounts;

/// <summary>Codes, device codes, refresh tokens and bots' credentials become access tokens. Passwords never come here.</summary>
internal static class TokenEndpoint
{
    public static void MapToken(this IEndpointRouteBuilder routes) => routes.MapPost(AuthorityPaths.Token, Exchange);

    private static async Task<IResult> Exchange(
        HttpContext context, AccountsDbContext db, ChatDbContext chat, IOptions<AccountsOptions> accounts, CancellationToken cancellationToken)
    {
        var request = context.GetOpenIddictServerRequest()!;
        var granted = request.IsClientCredentialsGrantType()
            ? null
            : (await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal;

        // A bot's client id is its account's id; OpenIddict has checked the secret.
        var subject = request.IsClientCredentialsGrantType() ? request.ClientId : granted?.GetClaim(Claims.Subject);
        var user = Guid.TryParse(subject, out var id)
            ? await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == id, cancellationToken)
            : null;
        if (user is null)
        {
            return AuthorityRefusal.Refuse(OAuthErrors.InvalidGrant, "The account is gone: sign in again.");
        }

        var key = user.Id.ToString();
        if (await chat.Users.AnyAsync(known => known.IdentityUserId == key && known.DisabledAt != null, cancellationToken))
        {
            return AuthorityRefusal.Refuse(OAuthErrors.InvalidGrant, "The account is disabled.");
        }

        return TypedResults.SignIn(
            TokenPrincipal.For(user, granted?.GetScopes() ?? request.GetScopes(), accounts.Value.Audience, granted),
            properties: null,
            OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}
