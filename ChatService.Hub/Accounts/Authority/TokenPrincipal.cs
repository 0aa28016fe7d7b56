using System.Collections.Immutable;
using System.Security.Claims;
using ChatService.Core.Accounts;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ChatService.Hub.Accounts;

/// <summary>What a token says of its user: who (sub), called what (preferred_username), for whom (aud). Nothing else.</summary>
internal static class TokenPrincipal
{
    public static ClaimsPrincipal For(AccountUser user, ImmutableArray<string> scopes, string audience, ClaimsPrincipal? granted = null)
    {
        var identity = granted is null
            ? new ClaimsIdentity("ChatService", Claims.PreferredUsername, Claims.Role)
            : new ClaimsIdentity(granted.Claims, "ChatService", Claims.PreferredUsername, Claims.Role);
        identity.SetClaim(Claims.Subject, user.Id.ToString()).SetClaim(Claims.PreferredUsername, user.UserName);
        identity.SetScopes(scopes);
        identity.SetResources(audience);
        identity.SetDestinations(claim => claim.Type == Claims.PreferredUsername
            ? [Destinations.AccessToken, Destinations.IdentityToken]
            : []);
        return new ClaimsPrincipal(identity);
    }
}
