using System.Security.Claims;
using ChatService.Core.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Accounts;

/// <summary>Who is signed in with the authority itself: for a browser, or for the minutes in which a native client gets its code.</summary>
internal static class AccountCookie
{
    public const string Scheme = "account";
    private const string Native = "native";
    private static readonly TimeSpan s_browserStays = TimeSpan.FromHours(8);
    private static readonly TimeSpan s_nativeStays = TimeSpan.FromMinutes(2);

    public static void AddAccountCookie(this AuthenticationBuilder authentication, AccountsOptions accounts) =>
        authentication.AddCookie(Scheme, cookie =>
        {
            cookie.Cookie.Name = "chat-account";
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = accounts.CookieSecurity;
            cookie.LoginPath = AuthorityPaths.SignInPage;
            cookie.ReturnUrlParameter = SignInPage.ReturnUrl;
            cookie.SlidingExpiration = false;
            // An XMLHttpRequest is redirected like anyone: there is no API behind this cookie.
            cookie.Events.OnRedirectToLogin = context =>
            {
                context.Response.Redirect(context.RedirectUri);
                return Task.CompletedTask;
            };
        });

    public static Task WriteAsync(HttpContext context, AccountUser user, bool native)
    {
        var identity = new ClaimsIdentity([new Claim("sub", user.Id.ToString())], Scheme);
        if (native)
        {
            identity.AddClaim(new Claim(Native, "true"));
        }

        return context.SignInAsync(Scheme, new ClaimsPrincipal(identity), new AuthenticationProperties
        {
            ExpiresUtc = DateTimeOffset.UtcNow + (native ? s_nativeStays : s_browserStays),
        });
    }

    public static async Task<AccountSession?> ReadAsync(HttpContext context, AccountsDbContext db)
    {
        var result = await context.AuthenticateAsync(Scheme);
        if (!Guid.TryParse(result.Principal?.FindFirst("sub")?.Value, out var id))
        {
            return null;
        }

        var user = await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == id, context.RequestAborted);
        return user is null ? null : new AccountSession(user, result.Principal!.HasClaim(Native, "true"));
    }
}
