using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

public static class ParameterResourceBuilderExtensions
{
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, _ => Configured(builder, name) ?? throw Missing(name, $"Parameters:{name}"), secret));

    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null) =>
        builder.AddResource(new ConnectionStringParameterResource(
            name, _ => builder.Configuration.GetConnectionString(name) ?? throw Missing(name, $"ConnectionStrings:{name}"), environmentVariableName));

    /// <summary>A server's password: what is configured, else one made up once and kept in the developer's user secrets.</summary>
    internal static ParameterResource GeneratedPassword(IDistributedApplicationBuilder builder, string server, bool special)
    {
        var name = $"{server}-password";
        var secrets = ((DistributedApplicationBuilder)builder).Secrets;
        var generated = new Lazy<string>(() => secrets.GetOrSet(
            $"Parameters:{name}", new GenerateParameterDefault { Special = special }.GetDefaultValue));
        return new(name, _ => Configured(builder, name) ?? generated.Value, secret: true)
        {
            Default = new GenerateParameterDefault { Special = special },
        };
    }

    private static string? Configured(IDistributedApplicationBuilder builder, string name) =>
        builder.Configuration[$"Parameters:{name}"] ?? builder.Configuration[$"Parameters:{name.Replace('-', '_')}"];

    private static DistributedApplicationException Missing(string name, string key) =>
        new($"the parameter '{name}' has no value. Set it with: dotnet user-secrets set \"{key}\" <value>");
}
