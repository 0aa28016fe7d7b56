using Microsoft.AspNetCore.Antiforgery;

namespace ChatService.Hub.Accounts;

internal static class SignOutPage
{
    public static IResult Render(HttpContext context, IAntiforgery antiforgery)
    {
        var parameters = context.Request.HasFormContentType
            ? context.Request.Form.Where(field => field.Key != PageForm.AntiforgeryField)
            : context.Request.Query.AsEnumerable();
        return Page.Render("Sign out?", PageForm.Render(
            context, antiforgery, AuthorityPaths.EndSession, parameters, "<button>Sign out</button>"));
    }
}
