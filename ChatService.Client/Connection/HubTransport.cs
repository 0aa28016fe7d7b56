namespace ChatService.Client.Connection;

/// <summary>How the hub is reached.</summary>
public enum HubTransport
{
    /// <summary>Negotiates, prefers WebSockets with stateful reconnect (32 KiB on the server), falls back to what proxies allow. Needs sticky sessions, for which its cookies are kept.</summary>
    Negotiated,

    /// <summary>A WebSocket at once, without negotiation and so without stickiness. No stateful reconnect; CatchUp makes up for it.</summary>
    WebSocketsOnly,

    /// <summary>For networks that let nothing else through. Needs sticky sessions.</summary>
    LongPolling,
}
