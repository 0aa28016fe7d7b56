namespace Aspire.Hosting.ApplicationModel;

public enum EndpointProperty
{
    Url,
    Host,
    IPV4Host,
    Port,
    Scheme,
    TargetPort,
    HostAndPort,
    TlsEnabled,
}

public sealed class EndpointReference(IResourceWithEndpoints owner, string endpointName) : IValueProvider, IManifestExpressionProvider
{
    public IResourceWithEndpoints Resource { get; } = owner;
    public string EndpointName { get; } = endpointName;
    public bool Exists => Find() is not null;
    public bool IsAllocated => Find()?.IsAllocated ?? false;
    public string Scheme => EndpointAnnotation.UriScheme;
    public string Host { get; } = "localhost";
    public int Port => EndpointAnnotation.AllocatedPort;
    public string Url => $"{Scheme}://{Host}:{Port}";
    public string ValueExpression => GetExpression(EndpointProperty.Url);

    internal EndpointAnnotation EndpointAnnotation => Find()
        ?? throw new DistributedApplicationException($"The resource '{Resource.Name}' has no endpoint named '{EndpointName}'.");

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Url);

    internal string GetExpression(EndpointProperty property) => property switch
    {
        EndpointProperty.HostAndPort => GetExpression(EndpointProperty.Host) + ":" + GetExpression(EndpointProperty.Port),
        _ => $"{{{Resource.Name}.bindings.{EndpointName}.{char.ToLowerInvariant(property.ToString()[0])}{property.ToString()[1..]}}}",
    };

    private EndpointAnnotation? Find() => Resource.Annotations.OfType<EndpointAnnotation>()
        .FirstOrDefault(endpoint => string.Equals(endpoint.Name, EndpointName, StringComparison.OrdinalIgnoreCase));
}
