using System.Collections.Concurrent;
using ChatService.Hub.Realtime;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.AspNetCore.SignalR.StackExchangeRedis;
using Microsoft.Extensions.Options;

namespace ChatService.Hub.Delivery;

/// <summary>
/// The Redis backplane, with two differences. It writes to a <see cref="BoundedConnection"/> in place of each connection. And
/// a group's members on this server, if they are not many, are told at once, and all of them while Redis is away; Redis carries
/// the call to the others, and names those who have it.
/// </summary>
internal sealed class BoundedLifetimeManager(
    ILogger<RedisHubLifetimeManager<ChatHub>> logger,
    IOptions<RedisOptions> options,
    IHubProtocolResolver protocols,
    IOptions<HubOptions> globalHubOptions,
    IOptions<HubOptions<ChatHub>> hubOptions,
    BackplaneMonitor backplane,
    DeliveryMetrics metrics,
    TimeProvider time,
    ILoggerFactory loggers)
    : RedisHubLifetimeManager<ChatHub>(logger, options, protocols, globalHubOptions, hubOptions)
{
    /// <summary>More are told when the call comes back from Redis, by a thread of their group's own: whoever sends it has others to serve.</summary>
    private const int MostToldAtOnce = 32;

    private readonly LocalGroups _groups = new();
    private readonly ConcurrentDictionary<string, BoundedConnection> _connections = new(StringComparer.Ordinal);

    // The base class finds a connection by its id ever after, so it does not matter that OnDisconnectedAsync is given the inner one.
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var bounded = new BoundedConnection(connection, () => backplane.IsAvailable, metrics, time, loggers) { UserIdentifier = connection.UserIdentifier };
        _connections[connection.ConnectionId] = bounded;
        return base.OnConnectedAsync(bounded);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _connections.TryRemove(connection.ConnectionId, out _);
        _groups.Remove(connection.ConnectionId);
        return base.OnDisconnectedAsync(connection);
    }

    public override async Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        await base.AddToGroupAsync(connectionId, groupName, cancellationToken);
        if (_connections.TryGetValue(connectionId, out var connection))
        {
            _groups.Add(groupName, connection);
            if (!_connections.ContainsKey(connectionId))
            {
                // It went away in between.
                _groups.Remove(connectionId);
            }
        }
    }

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        _groups.Remove(groupName, connectionId);
        return base.RemoveFromGroupAsync(connectionId, groupName, cancellationToken);
    }

    public override Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendGroupExceptAsync(groupName, methodName, args, [], cancellationToken);

    public override Task SendGroupsAsync(
        IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        var call = new InvocationMessage(methodName, args);
        var serialized = new SerializedHubMessage(call);
        return Task.WhenAll(groupNames.Select(name => SendAsync(name, call, serialized, [], cancellationToken)));
    }

    public override Task SendGroupExceptAsync(
        string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(excludedConnectionIds);
        var call = new InvocationMessage(methodName, args);
        return SendAsync(groupName, call, new(call), excludedConnectionIds, cancellationToken);
    }

    private Task SendAsync(
        string groupName, InvocationMessage call, SerializedHubMessage serialized, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken)
    {
        var here = _groups.Find(groupName);
        var hasBackplane = backplane.IsAvailable;
        var isToldHere = !hasBackplane || here.Connections.Length <= MostToldAtOnce;
        if (isToldHere)
        {
            Tell(here, serialized, excludedConnectionIds);
        }

        if (!hasBackplane)
        {
            // Clients know, poll, and catch up when it is back.
            return Task.CompletedTask;
        }

        using var sent = new CallBeingSent(serialized, call.Arguments);
        return base.SendGroupExceptAsync(
            groupName, call.Target, call.Arguments, isToldHere ? here.IdsWith(excludedConnectionIds) : excludedConnectionIds, cancellationToken);
    }

    private static void Tell(LocalGroup here, SerializedHubMessage call, IReadOnlyList<string> excludedConnectionIds)
    {
        foreach (var connection in here.Connections)
        {
            if (!excludedConnectionIds.Contains(connection.ConnectionId))
            {
                connection.Write(call);
            }
        }
    }
}
