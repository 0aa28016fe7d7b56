using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace ChatService.Core.Storage;

/// <summary>All processes together must stay below PostgreSQL's <c>max_connections</c>, which Npgsql's 100 per pool would not.</summary>
public static class ConnectionPool
{
    private const string Key = "ConnectionStrings:chatdb";

    /// <summary>Applies to every pool on <c>chatdb</c> in this process, unless the connection string says <c>Maximum Pool Size</c> itself.</summary>
    public static void Bound(IConfiguration configuration, int size)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration[Key] is not { Length: > 0 } text)
        {
            return;
        }

        // Npgsql's own builder claims to contain every key that it knows.
        var said = new DbConnectionStringBuilder { ConnectionString = text };
        if (!said.ContainsKey("Maximum Pool Size") && !said.ContainsKey(nameof(NpgsqlConnectionStringBuilder.MaxPoolSize)))
        {
            configuration[Key] = new NpgsqlConnectionStringBuilder(text) { MaxPoolSize = size }.ConnectionString;
        }
    }
}
