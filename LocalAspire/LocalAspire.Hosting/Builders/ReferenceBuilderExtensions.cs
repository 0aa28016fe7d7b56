using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ReferenceBuilderExtensions
{
    /// <summary>Gives the connection string, and its parts, to a service.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        connectionName ??= resource.Name;
        return builder.WithEnvironment(context =>
        {
            var variables = context.EnvironmentVariables;
            variables[resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{connectionName}"] =
                optional ? new OptionalValue(resource) : resource;
            foreach (var (property, value) in resource.GetConnectionProperties())
            {
                variables[$"{VariablePrefix(connectionName)}_{property.ToUpperInvariant()}"] = value;
            }
        });
    }

    /// <summary>Gives the addresses of a service to another one, for service discovery.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment =>
        builder.WithEnvironment(context =>
        {
            var name = source.Resource.Name;
            foreach (var endpoint in source.Resource.Annotations.OfType<EndpointAnnotation>())
            {
                var reference = source.GetEndpoint(endpoint.Name);
                if (builder.ApplicationBuilder.ExecutionContext.IsRunMode && !reference.IsAllocated)
                {
                    continue;
                }

                context.EnvironmentVariables[$"{VariablePrefix(name)}_{endpoint.Name.ToUpperInvariant()}"] = reference;
                context.EnvironmentVariables[$"services__{name}__{endpoint.Name}__0"] = reference;
            }
        });

    private static string VariablePrefix(string name) => name.ToUpperInvariant().Replace('-', '_');

    private sealed record OptionalValue(IResourceWithConnectionString Resource) : IValueProvider, IManifestExpressionProvider
    {
        public string ValueExpression => ((IManifestExpressionProvider)Resource).ValueExpression;

        public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                return await Resource.GetConnectionStringAsync(cancellationToken);
            }
            catch (DistributedApplicationException)
            {
                return null;
            }
        }
    }
}
