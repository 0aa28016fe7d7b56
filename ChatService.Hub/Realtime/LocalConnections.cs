using System.Collections.Concurrent;

namespace ChatService.Hub.Realtime;

/// <summary>The connections of this process.</summary>
public sealed class LocalConnections
{
    private readonly ConcurrentDictionary<string, ConnectedDevice> _byId = new();
    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<string, ConnectedDevice>> _byUser = new();

    public int Count => _byId.Count;

    public ICollection<ConnectedDevice> All => _byId.Values;

    public void Add(ConnectedDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        _byId[device.ConnectionId] = device;
        _byUser.GetOrAdd(device.UserId, static _ => new())[device.ConnectionId] = device;
    }

    public ConnectedDevice? Remove(string connectionId)
    {
        if (!_byId.TryRemove(connectionId, out var device))
        {
            return null;
        }

        if (_byUser.TryGetValue(device.UserId, out var connections)
            && connections.TryRemove(connectionId, out _)
            && connections.IsEmpty
            && _byUser.TryRemove(new(device.UserId, connections)))
        {
            // One that was added in between must not be lost with its dictionary.
            foreach (var left in connections.Values)
            {
                Add(left);
            }
        }

        return device;
    }

    public IEnumerable<ConnectedDevice> OfUser(Guid userId) =>
        _byUser.TryGetValue(userId, out var connections) ? connections.Values : [];
}
