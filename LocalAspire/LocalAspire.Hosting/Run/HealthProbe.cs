using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Postgres;
using Aspire.Hosting.Redis;

namespace Aspire.Hosting.Run;

/// <summary>Asks a running resource whether it works. The answer is null when it does, else what is wrong.</summary>
internal static class HealthProbe
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);
    private static readonly HttpClient s_http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = s_timeout };

    public static async Task<string?> AskAsync(IResource resource, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(s_timeout);
            switch (resource)
            {
                case PostgresServerResource server:
                    await PostgresDatabases.AskAsync(server, "postgres", limit.Token);
                    break;
                case PostgresDatabaseResource database:
                    await PostgresDatabases.AskAsync(database.Parent, database.DatabaseName, limit.Token);
                    break;
                case RedisResource redis:
                    await RedisServer.AskAsync(redis, limit.Token);
                    break;
            }

            foreach (var check in resource.Annotations.OfType<HttpHealthCheckAnnotation>())
            {
                await AskAsync((IResourceWithEndpoints)resource, check, limit.Token);
            }

            return null;
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            return problem.Message;
        }
    }

    private static async Task AskAsync(IResourceWithEndpoints resource, HttpHealthCheckAnnotation check, CancellationToken cancellationToken)
    {
        var endpoint = new EndpointReference(resource, check.EndpointName ?? "http");
        using var response = await s_http.GetAsync(new Uri(endpoint.Url + check.Path), cancellationToken);
        if ((int)response.StatusCode != check.StatusCode)
        {
            throw new HttpRequestException($"{check.Path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }
}
