using System.IO.Hashing;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// <c>,ssl=true</c> where the endpoint has TLS, which a plain process here never has. In a manifest it is a resource of
/// its own, named after what decides and a hash of all that it depends on.
/// </summary>
internal sealed record TlsOption(EndpointReference Endpoint) : IValueProvider, IManifestExpressionProvider
{
    private const string WhenTrue = ",ssl=true";
    private const string WhenFalse = "";

    public string ManifestName
    {
        get
        {
            var condition = Endpoint.GetExpression(EndpointProperty.TlsEnabled);
            var hash = XxHash32.Hash(Encoding.UTF8.GetBytes(condition + WhenTrue + WhenFalse + bool.TrueString));
            return $"cond-{condition.Trim('{', '}').Replace('.', '-').ToLowerInvariant()}-{Convert.ToHexStringLower(hash)}";
        }
    }

    public string ValueExpression => $"{{{ManifestName}.connectionString}}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(WhenFalse);
}
