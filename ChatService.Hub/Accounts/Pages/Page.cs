using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace ChatService.Hub.Accounts;

/// <summary>The authority's few pages: no script, nothing from elsewhere, never framed, never cached.</summary>
internal static class Page
{
    private const string Style = """
        :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
        body { display: grid; place-items: center; min-height: 100vh; margin: 0; background: Canvas; color: CanvasText; }
        main { width: min(22rem, 90vw); padding: 2rem; border: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); border-radius: 1rem; }
        h1 { margin: 0 0 1rem; font-size: 1.4rem; }
        label { display: block; margin-bottom: 1rem; }
        input { display: block; box-sizing: border-box; width: 100%; padding: .6rem; font: inherit; border: 1px solid color-mix(in srgb, CanvasText 40%, Canvas); border-radius: .5rem; }
        button { padding: .6rem 1.2rem; margin-right: .5rem; font: inherit; border: 0; border-radius: .5rem; background: #1d5fd1; color: #fff; cursor: pointer; }
        button.plain { background: none; color: inherit; border: 1px solid color-mix(in srgb, CanvasText 40%, Canvas); }
        code { font-size: 1.4rem; letter-spacing: .1em; }
        .alert { padding: .6rem; border-radius: .5rem; background: #b3261e; color: #fff; }
        """;

    private static readonly string s_policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    public static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    public static string Alert(string? text) => text is null ? "" : $"""<p class="alert" role="alert">{Encode(text)}</p>""";

    public static IResult Render(string title, string body, int status = StatusCodes.Status200OK) => new Rendered(
        $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Encode(title)} – ChatService</title><style>{Style}</style></head>
        <body><main><h1>{Encode(title)}</h1>
        {body}
        </main></body></html>
        """,
        status);

    private sealed class Rendered(string html, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var headers = httpContext.Response.Headers;
            headers.ContentSecurityPolicy = s_policy;
            headers.CacheControl = "no-store";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = "text/html; charset=utf-8";
            return httpContext.Response.WriteAsync(html, httpContext.RequestAborted);
        }
    }
}
