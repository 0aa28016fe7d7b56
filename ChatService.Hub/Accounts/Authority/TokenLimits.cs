using System.Text;
using ChatService.Contracts;
using ChatService.Hub.Errors;
using ChatService.Hub.RateLimiting;
using OpenIddict.Abstractions;

namespace ChatService.Hub.Accounts;

/// <summary>
/// Counts what reaches the token, device authorization and revocation endpoints, before OpenIddict looks at it: each request against
/// its client address, and a refusal also against the account whose secret was tried, whatever address it is tried from.
/// (Passwords never come here, and <see cref="PasswordCheck"/> has its own count.)
/// </summary>
internal static class TokenLimits
{
    private static readonly PathString[] s_counted = [AuthorityPaths.Token, AuthorityPaths.DeviceAuthorization, AuthorityPaths.Revoke];

    public static void UseTokenLimits(this WebApplication app) => app.UseWhen(
        context => Array.Exists(s_counted, path => context.Request.Path.Equals(path, StringComparison.OrdinalIgnoreCase)),
        branch => branch.Use(LimitAsync));

    private static async Task LimitAsync(HttpContext context, RequestDelegate next)
    {
        var limiter = context.RequestServices.GetRequiredService<RateLimiter>();
        if (limiter.TryTake(RateLimits.Accounts, $"address:{ClientAddress.Key(context)}") is { } tooMany)
        {
            await tooMany.ToResult().ExecuteAsync(context);
            return;
        }

        var account = await AccountAsync(context);
        if (account is not null && limiter.TryPeek(RateLimits.AccountFailures, account) is { } tooManyFailures)
        {
            await tooManyFailures.ToResult().ExecuteAsync(context);
            return;
        }

        await next(context);
        if (account is not null && context.Response.StatusCode is StatusCodes.Status400BadRequest or StatusCodes.Status401Unauthorized)
        {
            limiter.TryTake(RateLimits.AccountFailures, account!);
        }
    }

    /// <summary>A bot's client id is its account's. The public clients are everyone's, and have no secret that could be guessed.</summary>
    private static async Task<string?> AccountAsync(HttpContext context)
    {
        var clientId = FromHeader(context.Request.Headers.Authorization.ToString());
        if (clientId is null && context.Request.HasFormContentType)
        {
            clientId = (await context.Request.ReadFormAsync(context.RequestAborted))[OpenIddictConstants.Parameters.ClientId];
        }

        return Guid.TryParse(clientId, out var id) ? $"account:{id:N}" : null;
    }

    /// <summary>RFC 6749 section 2.3.1.</summary>
    private static string? FromHeader(string header)
    {
        const string basic = "Basic ";
        var bytes = new byte[512];
        return header.StartsWith(basic, StringComparison.OrdinalIgnoreCase) && Convert.TryFromBase64String(header[basic.Length..], bytes, out var length)
            ? Uri.UnescapeDataString(Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2)[0])
            : null;
    }
}
