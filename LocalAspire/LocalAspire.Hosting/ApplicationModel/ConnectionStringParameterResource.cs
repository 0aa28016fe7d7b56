namespace Aspire.Hosting.ApplicationModel;

/// <summary>A connection string that someone else gives, in <c>ConnectionStrings:&lt;name&gt;</c>.</summary>
internal sealed class ConnectionStringParameterResource(string name, Func<ParameterDefault?, string> callback, string? environmentVariable)
    : ParameterResource(name, callback, secret: true), IResourceWithConnectionString
{
    public override string ValueExpression => $"{{{Name}.connectionString}}";
    public string? ConnectionStringEnvironmentVariable => environmentVariable;
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{new InputValue(this)}");

    internal override string ConfigurationKey => $"ConnectionStrings:{Name}";

    string IManifestExpressionProvider.ValueExpression => ValueExpression;

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(cancellationToken);

    private sealed record InputValue(ParameterResource Parameter) : IValueProvider, IManifestExpressionProvider
    {
        public string ValueExpression => $"{{{Parameter.Name}.value}}";

        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => Parameter.GetValueAsync(cancellationToken);
    }
}
