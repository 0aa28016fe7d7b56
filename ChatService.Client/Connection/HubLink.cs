using System.Net;
using ChatService.Client.Api;
using ChatService.Contracts;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.Connection;

/// <summary>
/// A SignalR connection. Each has its own cookies: they keep one connection's requests on one hub, and leave the next one free
/// to go elsewhere.
/// </summary>
internal sealed class HubLink : IHubLink
{
    private readonly HubConnection _connection;
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _replacementDue = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private readonly ITimer _replacement;
    private long _replacementAt = long.MaxValue;

    private HubLink(HubConnection connection, TimeProvider time)
    {
        (_connection, _time) = (connection, time);
        _replacement = time.CreateTimer(_ => _replacementDue.TrySetResult(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Hub = new HubProxy(connection);
        connection.Closed += error =>
        {
            _closed.TrySetResult(error);
            return Task.CompletedTask;
        };
        connection.On<int>(nameof(IChatHubClient.ServerDraining), within => ReplaceIn(TimeSpan.FromMilliseconds(Random.Shared.Next(Math.Clamp(within, 1, 600_000)))));
    }

    public IChatHub Hub { get; }

    public Task<Exception?> Closed => _closed.Task;

    public Task ReplacementDue => _replacementDue.Task;

    public static async Task<IHubLink> OpenAsync(
        Uri server, Guid deviceId, AccessTokens tokens, Inbox inbox, ChatClientOptions options, CancellationToken ct)
    {
        var builder = new HubConnectionBuilder().WithUrl(
            new Uri(server, $"{Routes.Hub}?{Routes.DeviceParameter}={deviceId}"),
            http => Configure(http, tokens, options));
        if (options.Transport == HubTransport.Automatic)
        {
            // The server acknowledges once a second, and until then nothing beyond this is sent.
            builder.WithStatefulReconnect();
            builder.Services.Configure<HubConnectionOptions>(hub => hub.StatefulReconnectBufferSize = 4 * 1024 * 1024);
        }

        if (options.LoggerFactory is { } loggers)
            builder.Services.AddSingleton(loggers);
        options.ConfigureHub?.Invoke(builder);

        var link = new HubLink(builder.Build(), options.Time);
        try
        {
            HubEvents.Subscribe(link._connection, inbox);
            var token = await tokens.GetAsync(ct);
            await link._connection.StartAsync(ct);
            if (tokens.RenewableIn(token) is { } renewable)
                link.ReplaceIn(renewable);
            return link;
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _replacement.DisposeAsync();
        await _connection.DisposeAsync();
        _closed.TrySetResult(null);
    }

    /// <summary>The earliest wish wins.</summary>
    private void ReplaceIn(TimeSpan delay)
    {
        lock (_replacement)
        {
            var due = _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency);
            if (due >= _replacementAt)
                return;
            _replacementAt = due;
            _replacement.Change(delay, Timeout.InfiniteTimeSpan);
        }
    }

    private static void Configure(HttpConnectionOptions http, AccessTokens tokens, ChatClientOptions options)
    {
        http.AccessTokenProvider = async () => await tokens.GetAsync(CancellationToken.None);
        (http.Transports, http.SkipNegotiation) = options.Transport switch
        {
            HubTransport.WebSocketsOnly => (HttpTransportType.WebSockets, true),
            HubTransport.ServerSentEvents => (HttpTransportType.ServerSentEvents, false),
            HubTransport.LongPolling => (HttpTransportType.LongPolling, false),
            _ => (HttpTransports.All, false),
        };
        if (options.CreateHttpHandler is { } create)
            http.HttpMessageHandlerFactory = _ => KeepCookies(create(), http.Cookies);
    }

    /// <summary>A WebSocket does not use the handler: it goes to the hub that negotiated only if both share their cookies.</summary>
    private static HttpMessageHandler KeepCookies(HttpMessageHandler handler, CookieContainer cookies)
    {
        if (OperatingSystem.IsBrowser())
            return handler;
        if (handler is SocketsHttpHandler sockets)
            (sockets.UseCookies, sockets.CookieContainer) = (true, cookies);
        else if (handler is HttpClientHandler client)
            (client.UseCookies, client.CookieContainer) = (true, cookies);
        return handler;
    }
}
