using ChatService.Contracts;
using ChatService.Core.DomainEvents;
using ChatService.Hub.Accounts;
using ChatService.Hub.Blocks;
using ChatService.Hub.CatchUp;
using ChatService.Hub.Delivery;
using ChatService.Hub.Draining;
using ChatService.Hub.Keys;
using ChatService.Hub.Messages;
using ChatService.Hub.Presence;
using ChatService.Hub.Privacy;
using ChatService.Hub.Receipts;
using ChatService.Hub.Rooms;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace ChatService.Hub.Realtime;

public static class RealtimeExtensions
{
    /// <summary>Bytes of a POST with which a client without WebSockets sends all that waits at once.</summary>
    private const int LargestPost = 16 * 1024 * 1024;

    public static WebApplicationBuilder AddRealtime(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // A command that cannot be sent now is refused now: messages do not wait for Redis.
        builder.AddRedisClient(
            "redis",
            settings => settings.DisableHealthChecks = true,
            options => options.BacklogPolicy = BacklogPolicy.FailFast);

        builder.Services.AddSignalR(options =>
            {
                // A client acknowledges once a second, and until then nothing beyond this is sent.
                options.StatefulReconnectBufferSize = 4 * 1024 * 1024;
                // The largest call is a CatchUp that names as many conversations as it may.
                options.MaximumReceiveMessageSize = 1024 * 1024;
                options.AddFilter<ChatHubFilter>();
            })
            .AddMessagePackProtocol()
            .AddStackExchangeRedis(options => options.Configuration.ChannelPrefix = RedisChannel.Literal("chat.messages"));
        builder.Services.AddOptions<Microsoft.AspNetCore.SignalR.StackExchangeRedis.RedisOptions>()
            .Configure<IConnectionMultiplexer>((options, redis) => options.ConnectionFactory = _ => Task.FromResult(BackplaneConnection.Over(redis)));

        builder.Services.AddSingleton<HubLifetimeManager<ChatHub>, BoundedLifetimeManager>();
        builder.Services.MakeProtocolsStrict();

        builder.Services.AddSingleton<IUserIdProvider, NoUserChannel>();
        builder.Services.AddSingleton<ChatHubFilter>();
        builder.Services.AddSingleton<LocalConnections>();
        builder.Services.AddSingleton<DeviceAdmission>();
        builder.Services.AddSingleton<RoomReader>();
        builder.Services.AddSingleton<RoomMembership>();
        builder.Services.AddSingleton<ConversationReader>();
        builder.Services.AddSingleton<DeliveryLists>();
        builder.Services.AddSingleton<MessageRetelling>();
        builder.Services.AddSingleton<MessageSubmission>();
        builder.Services.AddSingleton<MessageMetrics>();
        builder.Services.AddSingleton<DeliveryMetrics>();
        builder.Services.AddSingleton<CatchUpOrder>();
        builder.Services.AddSingleton<CatchUpReader>();
        builder.Services.AddSingleton<PresenceAnnouncer>();
        builder.Services.AddSingleton<PresenceLeases>();
        builder.Services.AddSingleton<PresenceReader>();
        builder.Services.AddHostedSingleton<MessageWriter>();
        builder.Services.AddHostedSingleton<ReceiptWriter>();
        builder.Services.AddHostedSingleton<BackplaneMonitor>();
        builder.Services.AddHostedSingleton<ControlChannel>();
        builder.Services.AddHostedSingleton<RevocationWatch>();
        builder.Services.AddHostedService<LeaseRenewal>();
        builder.Services.AddHostedService<UpkeepListener>();
        builder.Services.AddEventHandlers<MessageSentHandler>();
        builder.Services.AddEventHandlers<ReceiptHandlers>();
        builder.Services.AddEventHandlers<RoomEventHandlers>();
        builder.Services.AddEventHandlers<RevocationWatch>();
        builder.Services.AddEventHandlers<SharedSignalsHandler>();
        builder.Services.AddEventHandlers<BlocksChangedHandler>();
        builder.Services.AddEventHandlers<PresenceInitialiser>();
        builder.Services.AddOptions<PresenceOptions>().BindConfiguration(PresenceOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        builder.Services.AddOptions<DrainOptions>().BindConfiguration(DrainOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<DrainingLifetime>();
        builder.Services.AddSingleton<IHostLifetime>(services => services.GetRequiredService<DrainingLifetime>());

        builder.Services.AddHealthChecks()
            .AddNpgSql(services => services.GetRequiredService<Npgsql.NpgsqlDataSource>(), name: "postgresql")
            .AddRedis(services => services.GetRequiredService<IConnectionMultiplexer>(), name: "redis", failureStatus: HealthStatus.Degraded)
            .AddSignalRHub<ChatHub>(name: "signalr-hub")
            .AddCheck<DrainCheck>("draining");
        return builder;
    }

    public static WebApplication MapRealtime(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapHub<ChatHub>(Routes.Hub, options =>
        {
            options.AllowStatefulReconnects = true;
            options.CloseOnAuthenticationExpiration = true;
        }).RequestsUpTo(LargestPost);
        return app;
    }

    /// <summary>The last protocol of a name is the one in use.</summary>
    private static void MakeProtocolsStrict(this IServiceCollection services)
    {
        foreach (var protocol in services.Where(service => service.ServiceType == typeof(IHubProtocol)).ToList())
        {
            services.AddSingleton<IHubProtocol>(provider =>
                new StrictHubProtocol((IHubProtocol)ActivatorUtilities.CreateInstance(provider, protocol.ImplementationType!)));
        }
    }

    private static void AddHostedSingleton<TService>(this IServiceCollection services)
        where TService : class, IHostedService
    {
        services.AddSingleton<TService>();
        services.AddHostedService(provider => provider.GetRequiredService<TService>());
    }

    /// <summary>Registers a class for every domain event that it handles.</summary>
    private static void AddEventHandlers<THandlers>(this IServiceCollection services)
        where THandlers : class
    {
        services.TryAddSingleton<THandlers>();
        foreach (var contract in typeof(THandlers).GetInterfaces().Where(type =>
            type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDomainEventHandler<>)))
        {
            services.AddSingleton(contract, provider => provider.GetRequiredService<THandlers>());
        }
    }
}
