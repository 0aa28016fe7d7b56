using System.Diagnostics;
using OpenTelemetry;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// Takes out of spans what addresses say about people, whatever instrumentation wrote them and whatever its switches
/// say. Query strings go: a browser's WebSocket cannot set headers, so the hub's access token travels in
/// <c>?access_token=</c>. Paths become the template of their route, since some name a user or a conversation.
/// </summary>
internal sealed class AddressRedactor : BaseProcessor<Activity>
{
    private const string Unknown = "/…";

    public override void OnEnd(Activity data)
    {
        data.SetTag("url.query", null);
        if (data.Kind == ActivityKind.Server)
        {
            RedactServer(data);
        }
        else
        {
            Redact(data, "url.full");
            Redact(data, "http.url");
        }
    }

    private static void RedactServer(Activity data)
    {
        var route = data.GetTagItem("http.route") is string { Length: > 0 } template ? Rooted(template) : Unknown;
        foreach (var tag in (string[])["url.path", "http.target"])
        {
            if (data.GetTagItem(tag) is not null)
            {
                data.SetTag(tag, route);
            }
        }

        data.SetTag("url.full", null);
        data.SetTag("http.url", null);
    }

    /// <summary>A client does not know the route, so only the server that it called is left.</summary>
    private static void Redact(Activity data, string tag)
    {
        if (data.GetTagItem(tag) is string address)
        {
            data.SetTag(tag, Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) + Unknown : null);
        }
    }

    private static string Rooted(string route) => route[0] == '/' ? route : "/" + route;
}
