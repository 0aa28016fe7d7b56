using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Primitives;

namespace ChatService.Hub.Accounts;

internal static class PageForm
{
    public const string AntiforgeryField = "__RequestVerificationToken";

    /// <param name="content">Trusted markup; the hidden fields' names and values are encoded here.</param>
    public static string Render(
        HttpContext context, IAntiforgery antiforgery, string action, IEnumerable<KeyValuePair<string, StringValues>> hidden, string content)
    {
        var token = antiforgery.GetAndStoreTokens(context).RequestToken;
        var fields = hidden.Append(new(AntiforgeryField, token)).SelectMany(field => field.Value.Select(value =>
            $"""<input type="hidden" name="{Page.Encode(field.Key)}" value="{Page.Encode(value)}">"""));
        return $"""<form method="post" action="{Page.Encode(action)}">{string.Concat(fields)}{content}</form>""";
    }
}
