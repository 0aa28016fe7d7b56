using ChatService.Benchmarks.Soak.Stack;
using ChatService.Client;
using ChatService.Client.Connection;

namespace ChatService.Benchmarks.Soak.People;

/// <summary>How a client reaches a hub.</summary>
internal sealed record Way(string Name, Uri Server, HubTransport Transport, bool MessagePack)
{
    private static readonly HubTransport s_default = new ChatClientOptions().Transport;

    /// <summary>Of eight clients, six come through the gateway, one of them without negotiation and one by long polling; each hub has one of its own.</summary>
    public static Way Of(int client, SoakStack stack) => (client % 8) switch
    {
        5 => new("gateway, WebSockets only", stack.Gateway, HubTransport.WebSocketsOnly, MessagePack: true),
        6 => new("gateway, long polling", stack.Gateway, HubTransport.LongPolling, MessagePack: false),
        0 => new("hub-1", stack.Hub(1), s_default, MessagePack: false),
        1 => new("hub-2", stack.Hub(2), s_default, MessagePack: true),
        var other => new("gateway", stack.Gateway, s_default, other == 2),
    };
}
