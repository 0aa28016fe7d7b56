using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Testing;

public static class DistributedApplicationHostingTestingExtensions
{
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null) =>
        new() { BaseAddress = app.GetEndpoint(resourceName, endpointName) };

    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        var resource = app.Find<IResourceWithEndpoints>(resourceName);
        var name = endpointName ?? resource.Annotations.OfType<EndpointAnnotation>().First(endpoint => endpoint.IsAllocated).Name;
        return new(new EndpointReference(resource, name).Url);
    }

    public static ValueTask<string?> GetConnectionStringAsync(
        this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default) =>
        app.Find<IResourceWithConnectionString>(resourceName).GetConnectionStringAsync(cancellationToken);

    private static T Find<T>(this DistributedApplication app, string name)
        where T : class, IResource =>
        app.Services.GetRequiredService<IResourceCollection>()
            .FirstOrDefault(resource => string.Equals(resource.Name, name, StringComparison.OrdinalIgnoreCase)) as T
        ?? throw new ArgumentException($"There is no resource '{name}' that is an {typeof(T).Name}.", nameof(name));
}
