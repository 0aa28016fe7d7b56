using Microsoft.AspNetCore.Authentication;
using OpenIddict.Server.AspNetCore;

namespace ChatService.Hub.Accounts;

/// <summary>OAuth's own way of saying no (RFC 6749 section 5.2), which OpenIddict writes.</summary>
internal static class AuthorityRefusal
{
    public static IResult Refuse(string error, string description) => TypedResults.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
