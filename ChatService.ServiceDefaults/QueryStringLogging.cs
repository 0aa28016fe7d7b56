using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.Hosting;

internal static class QueryStringLogging
{
    /// <summary>The categories that write a request's whole address, <c>access_token</c> included, at Information.</summary>
    private static readonly string[] s_categories =
    [
        "Microsoft.AspNetCore.Hosting.Diagnostics",
        "System.Net.Http.HttpClient",
        "Yarp.ReverseProxy.Forwarder.HttpForwarder",
    ];

    public static void KeepQueryStringsOut(this ILoggingBuilder logging)
    {
        foreach (var category in s_categories)
        {
            logging.AddFilter(category, LogLevel.Warning);
        }
    }
}
