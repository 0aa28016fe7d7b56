namespace ChatService.Client.Connection;

/// <summary>How the hub is reached.</summary>
public enum HubTransport
{
    /// <summary>Negotiates, prefers WebSockets with stateful reconnect (up to 4 MiB waits on the server), falls back to what proxies allow. Needs sticky sessions, for which its cookies are kept.</summary>
    Automatic,

    /// <summary>A WebSocket at once, without negotiation and so without stickiness. No stateful reconnect; CatchUp makes up for it.</summary>
    WebSocketsOnly,

    /// <summary>One long answer for what the server says, a request for each call. For networks without WebSockets. Needs sticky sessions.</summary>
    ServerSentEvents,

    /// <summary>A request for each call and for each answer. For networks that let nothing else through. Needs sticky sessions.</summary>
    LongPolling,
}
