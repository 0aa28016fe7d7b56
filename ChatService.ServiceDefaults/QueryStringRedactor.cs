using System.Diagnostics;
using OpenTelemetry;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// Takes query strings out of spans, whatever instrumentation wrote them and whatever its switches say: a browser's
/// WebSocket cannot set headers, so the hub's access token travels in <c>?access_token=</c>.
/// </summary>
internal sealed class QueryStringRedactor : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        data.SetTag("url.query", null);
        foreach (var tag in (string[])["url.full", "http.url", "http.target"])
        {
            if (data.GetTagItem(tag) is string url && url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query)
            {
                data.SetTag(tag, url[..query]);
            }
        }
    }
}
