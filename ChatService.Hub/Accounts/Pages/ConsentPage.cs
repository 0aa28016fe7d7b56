using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Primitives;

namespace ChatService.Hub.Accounts;

internal static class ConsentPage
{
    public const string Decision = "decision";
    public const string Allow = "allow";

    public static IResult Render(
        HttpContext context,
        IAntiforgery antiforgery,
        string action,
        string handle,
        IEnumerable<KeyValuePair<string, StringValues>> parameters,
        string? userCode = null)
    {
        var code = userCode is null ? "" : $"<p>It shows the code <code>{Page.Encode(userCode)}</code>.</p>";
        return Page.Render("Let the terminal in?", $"""
            <p>A terminal wants to sign in as <strong>@{Page.Encode(handle)}</strong>. Allow it only if you started it yourself just now.</p>
            {code}
            """ + PageForm.Render(context, antiforgery, action, parameters, $"""
            <button name="{Decision}" value="{Allow}">Allow</button><button class="plain" name="{Decision}" value="deny">Deny</button>
            """));
    }
}
