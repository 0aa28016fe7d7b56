using ChatService.Contracts;
using ChatService.Hub.Delivery;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatService.Tests.Delivery;

public sealed class SerializedCallTests
{
    public static TheoryData<string> Methods => [.. typeof(IChatHubClient).GetMethods().Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_kind_of_each_call_is_known_from_its_bytes_in_both_protocols(string method)
    {
        var expected = method switch
        {
            nameof(IChatHubClient.UserTyping) or nameof(IChatHubClient.PresenceChanged) => CallKind.Signal,
            nameof(IChatHubClient.ReceiveMessage) or nameof(IChatHubClient.MessageDelivered) or nameof(IChatHubClient.MessageRead)
                or nameof(IChatHubClient.ReceiveAIChunk) => CallKind.MadeUpLater,
            _ => CallKind.Other,
        };
        foreach (var protocol in (IHubProtocol[])[new JsonHubProtocol(), new MessagePackHubProtocol()])
        {
            foreach (var argument in (object[])[Guid.NewGuid(), new string('x', 100_000)])
            {
                var call = protocol.GetMessageBytes(new InvocationMessage(method, [argument]));
                Assert.Equal(expected, SerializedCall.KindOf(call.Span));
            }
        }
    }
}
