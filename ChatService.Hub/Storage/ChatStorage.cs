using ChatService.Core.DomainEvents;
using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatService.Hub.Storage;

public static class ChatStorage
{
    /// <summary>Connections in each of the two pools.</summary>
    private const int PoolSize = 40;

    /// <summary>EF Core for what is not hot, a data source of its own for what is; both on the connection string <c>chatdb</c>.</summary>
    public static WebApplicationBuilder AddChatStorage(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ConnectionPool.Bound(builder.Configuration, PoolSize);
        builder.AddNpgsqlDbContext<ChatDbContext>(
            "chatdb",
            settings => settings.DisableHealthChecks = true,
            ChatDbContextOptions.Configure);
        builder.Services.AddSingleton<DomainEventDispatcher>();
        builder.Services.AddSingleton<DomainEventInterceptor>();
        builder.Services.ConfigureDbContext<ChatDbContext>((services, options) =>
            options.AddInterceptors(services.GetRequiredService<DomainEventInterceptor>()));

        builder.Services.AddSingleton(services =>
        {
            var connectionString = new NpgsqlConnectionStringBuilder(builder.Configuration.GetConnectionString("chatdb"))
            {
                ApplicationName = builder.Environment.ApplicationName,
                // A batch of messages goes out in a few pieces rather than in one per 8 KiB, each of which wakes the server.
                WriteBufferSize = 64 * 1024,
                MaxAutoPrepare = 64,
                AutoPrepareMinUsages = 2,
            };
            return new NpgsqlDataSourceBuilder(connectionString.ConnectionString)
                .UseLoggerFactory(services.GetRequiredService<ILoggerFactory>())
                .Build();
        });
        return builder;
    }
}
