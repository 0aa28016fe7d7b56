using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Text with values in it that are known only when the stack runs; in a manifest they stay expressions.</summary>
public sealed class ReferenceExpression : IValueProvider, IManifestExpressionProvider
{
    private readonly IReadOnlyList<object> _parts;

    private ReferenceExpression(IReadOnlyList<object> parts) => _parts = parts;

    public static ReferenceExpression Empty { get; } = new([]);

    public IEnumerable<IValueProvider> ValueProviders => _parts.OfType<IValueProvider>();

    public string ValueExpression =>
        string.Concat(_parts.Select(part => part is IManifestExpressionProvider value ? value.ValueExpression : (string)part));

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => new(handler.Parts);

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            text.Append(part is IValueProvider value ? await value.GetValueAsync(cancellationToken) : (string)part);
        }

        return text.ToString();
    }

    [InterpolatedStringHandler]
    public readonly struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        internal List<object> Parts { get; } = new(formattedCount * 2 + Math.Sign(literalLength));

        public void AppendLiteral(string value) => Parts.Add(value);

        public void AppendFormatted(string? value) => Parts.Add(value ?? "");

        /// <summary>The one format is <c>uri</c>: percent-encoded.</summary>
        public void AppendFormatted(string? value, string format) => Parts.Add(Uri.EscapeDataString(value ?? ""));

        public void AppendFormatted<T>(T value)
            where T : IValueProvider, IManifestExpressionProvider => Parts.Add(value);

        public void AppendFormatted(ParameterResource value, string format) => Parts.Add(new UriEncodedParameter(value));

        public void AppendFormatted<T>(IResourceBuilder<T> value)
            where T : IResource, IValueProvider, IManifestExpressionProvider => Parts.Add(value.Resource);
    }
}
