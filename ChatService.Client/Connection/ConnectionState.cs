namespace ChatService.Client.Connection;

/// <summary>What a person should see of the connection.</summary>
public enum ConnectionState
{
    /// <summary>Not connected and not trying: never connected, stopped, or given up.</summary>
    Disconnected,

    /// <summary>Trying for the first time.</summary>
    Connecting,

    Connected,

    /// <summary>The connection was lost; the client tries again on its own. What is sent meanwhile waits in the outbox.</summary>
    Reconnecting,
}
