using ChatService.Client;
using ChatService.Client.Connection;
using ChatService.Tests.AppHost;
using Microsoft.Extensions.DependencyInjection;

namespace ChatService.Tests.Scenarios;

public sealed class TalkTests(AppHostFixture stack)
{
    public static TheoryData<string> Ways { get; } =
        ["JSON", "MessagePack", "WebSockets only", "Long polling", "Gateway", "Server-sent events through the gateway", "Long polling through the gateway"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Alice_on_one_hub_and_Bob_on_the_other_talk_both_ways_and_the_server_can_read_nothing(string way)
    {
        await using var alice = await Person.ConnectAsync(stack, await AddressAsync(way, 1), Options(way));
        await using var bob = await Person.ConnectAsync(stack, await AddressAsync(way, 2), Options(way));
        var conversation = await alice.OpenAsync(bob);
        var secret = $"canary {Guid.NewGuid():n}";

        var said = await alice.SayAsync(conversation, $"Hello Bob, {secret}");
        await bob.HearsAsync($"Hello Bob, {secret}");
        var answered = await bob.SayAsync(await bob.OpenAsync(alice), $"Hello Alice, {secret}");
        await alice.HearsAsync($"Hello Alice, {secret}");
        for (var i = 1; i <= 5; i++)
        {
            await alice.SayAsync(conversation, $"ping {i}");
            await bob.SayAsync(conversation, $"pong {i}");
        }

        await alice.HearsAsync("pong 5");
        await bob.HearsAsync("ping 5");
        Assert.Equal([$"Hello Alice, {secret}", "pong 1", "pong 2", "pong 3", "pong 4", "pong 5"], alice.HeardTexts);
        Assert.Equal([$"Hello Bob, {secret}", "ping 1", "ping 2", "ping 3", "ping 4", "ping 5"], bob.HeardTexts);
        var ledger = new Ledger(stack);
        Assert.Equal([said.Id, answered.Id], (await ledger.MessagesAsync(conversation.Id)).Take(2));
        Assert.Equal(12, (await ledger.MessagesAsync(conversation.Id)).Count);
        Assert.Equal(0, await ledger.CountReadableAsync(conversation.Id, secret));
    }

    private Task<Uri> AddressAsync(string way, int hub) => way.EndsWith("gateway", StringComparison.OrdinalIgnoreCase) ? stack.GatewayAsync() : stack.HubAsync(hub);

    private static ChatClientOptions Options(string way) => way switch
    {
        "MessagePack" => new() { ConfigureHub = hub => hub.AddMessagePackProtocol() },
        "WebSockets only" => new() { Transport = HubTransport.WebSocketsOnly },
        "Server-sent events through the gateway" => new() { Transport = HubTransport.ServerSentEvents },
        "Long polling" or "Long polling through the gateway" => new() { Transport = HubTransport.LongPolling },
        _ => new(),
    };
}
