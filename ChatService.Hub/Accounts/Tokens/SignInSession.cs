using System.Security.Claims;
using ChatService.Contracts;
using ChatService.Core.Devices;
using ChatService.Core.Errors;

namespace ChatService.Hub.Accounts;

/// <summary>What an access token says of the sign-in behind it.</summary>
/// <param name="Id">Null when the authority does not name it: then it cannot end alone.</param>
/// <param name="IssuedAt">Whole seconds; the distant past when the token does not say.</param>
public readonly record struct SignInSession(string Subject, string? Id, DateTime IssuedAt)
{
    /// <exception cref="ChatException"><see cref="ErrorCodes.Unauthorized"/> when nobody is signed in.</exception>
    public static SignInSession Of(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return principal.FindFirst("sub")?.Value is { Length: > 0 and <= 256 } subject
            ? new SignInSession(subject, IdOf(principal), IssuedAtOf(principal))
            : throw new ChatException(ErrorCodes.Unauthorized, "Sign in first: the access token names nobody.");
    }

    /// <summary>The built-in authority names its authorization, others the session (OpenID Connect Front-Channel Logout 1.0).</summary>
    private static string? IdOf(ClaimsPrincipal principal) =>
        (principal.FindFirst("oi_au_id") ?? principal.FindFirst("sid"))?.Value is { Length: > 0 and <= DeviceSession.SessionIdLength } id ? id : null;

    private static DateTime IssuedAtOf(ClaimsPrincipal principal) =>
        long.TryParse(principal.FindFirst("iat")?.Value, out var seconds) && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime
            : DateTime.MinValue;
}
