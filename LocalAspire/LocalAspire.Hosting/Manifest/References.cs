using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Manifest;

/// <summary>What the written values refer to, in the order of first mention.</summary>
internal sealed class References
{
    private readonly HashSet<object> _seen = [];

    public List<ParameterResource> Parameters { get; } = [];
    public List<UriEncodedParameter> Encoded { get; } = [];
    public List<string> TlsOptions { get; } = [];

    public void Add(object value)
    {
        if (!_seen.Add(value))
        {
            return;
        }

        switch (value)
        {
            case UriEncodedParameter encoded:
                Encoded.Add(encoded);
                Add(encoded.Parameter);
                break;
            case ParameterResource parameter:
                Parameters.Add(parameter);
                break;
            case TlsOption tls when !TlsOptions.Contains(tls.ManifestName):
                TlsOptions.Add(tls.ManifestName);
                break;
            case ReferenceExpression expression:
                foreach (var part in expression.ValueProviders)
                {
                    Add(part);
                }

                break;
            case IResourceWithConnectionString resource:
                Add(resource.ConnectionStringExpression);
                break;
        }
    }
}
