namespace Aspire.Hosting.ApplicationModel;

/// <summary>A parameter inside a URI. In a manifest it is a resource of its own, an <c>annotated.string</c>.</summary>
internal sealed record UriEncodedParameter(ParameterResource Parameter) : IValueProvider, IManifestExpressionProvider
{
    public string ManifestName => $"{Parameter.Name}-uri-encoded";

    public string ValueExpression => $"{{{ManifestName}.value}}";

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        Uri.EscapeDataString(await Parameter.GetValueAsync(cancellationToken) ?? "");
}
