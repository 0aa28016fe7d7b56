namespace ChatService.Hub.Delivery;

/// <summary>This server's connections in a group, at one moment.</summary>
internal sealed class LocalGroup
{
    public static readonly LocalGroup Empty = new([]);

    private LocalGroup(BoundedConnection[] connections)
    {
        Connections = connections;
        Ids = Array.ConvertAll(connections, connection => connection.ConnectionId);
    }

    public BoundedConnection[] Connections { get; }

    public string[] Ids { get; }

    public LocalGroup With(BoundedConnection connection) => new([.. Connections, connection]);

    public LocalGroup Without(string connectionId) => new(Array.FindAll(Connections, connection => connection.ConnectionId != connectionId));

    /// <summary>These and others.</summary>
    public IReadOnlyList<string> IdsWith(IReadOnlyList<string> others) => others.All(id => Ids.Contains(id)) ? Ids : [.. Ids.Union(others)];
}
