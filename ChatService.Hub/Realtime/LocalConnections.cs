using System.Collections.Concurrent;

namespace ChatService.Hub.Realtime;

/// <summary>The connections of this process.</summary>
public sealed class LocalConnections
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, ConnectedDevice> _byId = new();
    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<string, ConnectedDevice>> _byUser = new();

    public int Count => _byId.Count;

    public ICollection<ConnectedDevice> All => _byId.Values;

    /// <summary>False when the user has as many as they may have.</summary>
    public bool TryAdd(ConnectedDevice device, int most)
    {
        ArgumentNullException.ThrowIfNull(device);
        lock (_gate)
        {
            var connections = _byUser.GetOrAdd(device.UserId, static _ => new());
            if (connections.Count >= most)
            {
                return false;
            }

            connections[device.ConnectionId] = device;
            _byId[device.ConnectionId] = device;
            return true;
        }
    }

    public ConnectedDevice? Remove(string connectionId)
    {
        lock (_gate)
        {
            if (_byId.TryRemove(connectionId, out var device)
                && _byUser.TryGetValue(device.UserId, out var connections)
                && connections.TryRemove(connectionId, out _)
                && connections.IsEmpty)
            {
                _byUser.TryRemove(device.UserId, out _);
            }

            return device;
        }
    }

    public IEnumerable<ConnectedDevice> OfUser(Guid userId) =>
        _byUser.TryGetValue(userId, out var connections) ? connections.Values : [];
}
