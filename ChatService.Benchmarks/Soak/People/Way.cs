using ChatService.Benchmarks.Soak.Stack;
using ChatService.Client.Connection;

namespace ChatService.Benchmarks.Soak.People;

/// <summary>How a client reaches a hub.</summary>
internal sealed record Way(Uri Server, HubTransport Transport, bool MessagePack)
{
    /// <summary>Of eight clients, six come through the gateway, one of them without negotiation and one by long polling; each hub has one of its own.</summary>
    public static Way Of(int client, SoakStack stack) => (client % 8) switch
    {
        5 => new(stack.Gateway, HubTransport.WebSocketsOnly, MessagePack: true),
        6 => new(stack.Gateway, HubTransport.LongPolling, MessagePack: false),
        0 => new(stack.Hub(1), HubTransport.Negotiated, MessagePack: false),
        1 => new(stack.Hub(2), HubTransport.Negotiated, MessagePack: true),
        var other => new(stack.Gateway, HubTransport.Negotiated, other == 2),
    };
}
