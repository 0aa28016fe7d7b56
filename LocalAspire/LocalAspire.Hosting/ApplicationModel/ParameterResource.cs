namespace Aspire.Hosting.ApplicationModel;

public class ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
    : Resource(name), IValueProvider, IManifestExpressionProvider
{
    public bool Secret { get; } = secret;
    public ParameterDefault? Default { get; init; }
    public virtual string ValueExpression => $"{{{Name}.value}}";

    internal virtual string ConfigurationKey => $"Parameters:{Name}";

    public virtual ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(callback(Default));
}
