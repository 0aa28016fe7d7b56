using System.Collections.Concurrent;

namespace ChatService.Hub.Delivery;

/// <summary>Which of this server's connections are in which group. Read for every call and changed seldom, so each change makes a new list.</summary>
internal sealed class LocalGroups
{
    private readonly ConcurrentDictionary<string, LocalGroup> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _groupsOf = new(StringComparer.Ordinal);
    private readonly Lock _changing = new();

    public LocalGroup Find(string name) => _groups.GetValueOrDefault(name, LocalGroup.Empty);

    public void Add(string name, BoundedConnection connection)
    {
        lock (_changing)
        {
            if (!_groupsOf.TryGetValue(connection.ConnectionId, out var names))
            {
                _groupsOf.Add(connection.ConnectionId, names = new(StringComparer.Ordinal));
            }

            if (names.Add(name))
            {
                _groups[name] = Find(name).With(connection);
            }
        }
    }

    public void Remove(string name, string connectionId)
    {
        lock (_changing)
        {
            if (_groupsOf.TryGetValue(connectionId, out var names) && names.Remove(name))
            {
                TakeOut(name, connectionId);
            }
        }
    }

    public void Remove(string connectionId)
    {
        lock (_changing)
        {
            if (_groupsOf.Remove(connectionId, out var names))
            {
                foreach (var name in names)
                {
                    TakeOut(name, connectionId);
                }
            }
        }
    }

    private void TakeOut(string name, string connectionId)
    {
        var rest = Find(name).Without(connectionId);
        if (rest.Connections.Length == 0)
        {
            _groups.TryRemove(name, out _);
        }
        else
        {
            _groups[name] = rest;
        }
    }
}
