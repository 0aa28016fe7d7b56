using System.Data.Common;

namespace ChatService.Worker.Assistant;

/// <summary>The connection string <c>openai</c>: <c>Endpoint=https://…;Key=…;Model=…</c>. A server of one's own may need no key.</summary>
internal sealed record ModelSettings(Uri Endpoint, string Key, string Model)
{
    public const string ConnectionName = "openai";

    private const string OfOpenAI = "https://api.openai.com/v1";

    /// <summary>What members are told: which model, and whose machines read what is asked.</summary>
    public string Provider => $"{Model} at {Endpoint.Host}";

    /// <summary>Null when there is none, or what there is cannot be read; <paramref name="problem"/> says why.</summary>
    public static ModelSettings? Parse(string? connectionString, out string problem)
    {
        problem = "no model is configured";
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            return null;
        }

        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
            if (Part(parts, "Model") is not { } model)
            {
                problem = "the connection string 'openai' names no Model";
                return null;
            }

            if (!Uri.TryCreate(Part(parts, "Endpoint") ?? OfOpenAI, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            {
                problem = "the Endpoint of the connection string 'openai' is not an http or https address";
                return null;
            }

            // The client library wants one, servers of one's own mostly do not.
            return new(endpoint, Part(parts, "Key") ?? "none", model);
        }
        catch (ArgumentException)
        {
            problem = "the connection string 'openai' cannot be read";
            return null;
        }
    }

    /// <summary>Records print their members; a key is not for logs.</summary>
    public override string ToString() => Provider;

    private static string? Part(DbConnectionStringBuilder parts, string name) =>
        parts.TryGetValue(name, out var value) && value is string { Length: > 0 } text ? text : null;
}
