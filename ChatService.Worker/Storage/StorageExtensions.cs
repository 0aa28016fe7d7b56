using ChatService.Core.Accounts;
using ChatService.Core.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatService.Worker.Storage;

internal static class StorageExtensions
{
    private const int PoolSize = 20;

    /// <summary>Both databases, brought up to date at start. Ready means that the schema is there.</summary>
    public static WebApplicationBuilder AddStorage(this WebApplicationBuilder builder)
    {
        ConnectionPool.Bound(builder.Configuration, PoolSize);
        builder.AddNpgsqlDbContext<ChatDbContext>("chatdb", configureDbContextOptions: ChatDbContextOptions.Configure);
        builder.AddNpgsqlDbContext<AccountsDbContext>(
            "chatdb", settings => settings.DisableHealthChecks = true, AccountsDbContextOptions.Configure);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<SchemaState>();
        builder.Services.AddHealthChecks().AddCheck<SchemaHealthCheck>("schema");
        builder.Services.AddHostedService<SchemaMigration>();
        return builder;
    }
}
