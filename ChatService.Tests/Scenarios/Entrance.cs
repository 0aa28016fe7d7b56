namespace ChatService.Tests.Scenarios;

/// <summary>How people come to the hubs.</summary>
public enum Entrance
{
    /// <summary>Each to a hub of their own, with a WebSocket and no negotiation, through a balancer that keeps nobody anywhere.</summary>
    WebSocketsOnly,

    /// <summary>Negotiated through the gateway's sticky sessions: WebSockets with stateful reconnect.</summary>
    Gateway,

    /// <summary>Through the gateway, requests only.</summary>
    LongPollingThroughTheGateway,
}
