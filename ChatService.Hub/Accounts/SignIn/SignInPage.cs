using ChatService.Contracts;
using ChatService.Hub.RateLimiting;
using Microsoft.AspNetCore.Antiforgery;

namespace ChatService.Hub.Accounts;

internal static class SignInPage
{
    public const string ReturnUrl = "returnUrl";

    public static void MapSignInPage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(AuthorityPaths.SignInPage, Show);
        routes.MapPost(AuthorityPaths.SignInPage, SignIn).LimitedBy(RateLimits.Accounts);
        routes.MapGet(AuthorityPaths.Done, () => Page.Render("Done", "<p>You can close this window and go back to your chat.</p>"));
    }

    private static IResult Show(HttpContext context, IAntiforgery antiforgery, string? returnUrl) =>
        Render(context, antiforgery, returnUrl, error: null);

    private static async Task<IResult> SignIn(
        HttpContext context, IAntiforgery antiforgery, PasswordCheck passwords, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
        {
            return Render(context, antiforgery, context.Request.Query[ReturnUrl], "The page was too old. Try once more.");
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var returnUrl = form[ReturnUrl].ToString();
        if (await passwords.FindAsync(form["handle"], form["password"], cancellationToken) is not { } user)
        {
            return Render(context, antiforgery, returnUrl, AccountEndpoints.WrongPassword.Message);
        }

        await AccountCookie.WriteAsync(context, user, native: false);
        return TypedResults.LocalRedirect(IsOurs(returnUrl) ? returnUrl : AuthorityPaths.Done);
    }

    private static IResult Render(HttpContext context, IAntiforgery antiforgery, string? returnUrl, string? error)
    {
        var form = PageForm.Render(context, antiforgery, AuthorityPaths.SignInPage, [new(ReturnUrl, IsOurs(returnUrl) ? returnUrl : "")], """
            <label>Handle <input name="handle" autocomplete="username" autocapitalize="none" maxlength="33" required autofocus></label>
            <label>Password <input name="password" type="password" autocomplete="current-password" maxlength="128" required></label>
            <button>Sign in</button>
            """);
        return Page.Render("Sign in", Page.Alert(error) + form, error is null ? 200 : 401);
    }

    /// <summary>Only back into the authority itself: never an open redirect.</summary>
    private static bool IsOurs(string? url) =>
        url is not null && url.StartsWith(AuthorityPaths.Prefix + "/", StringComparison.Ordinal) && !url.Contains('\\', StringComparison.Ordinal);
}
