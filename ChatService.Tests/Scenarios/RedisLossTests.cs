using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.HubCalls;

namespace ChatService.Tests.Scenarios;

[Collection(nameof(Outages))]
public sealed class RedisLossTests(AppHostFixture stack)
{
    [Theory]
    [InlineData(Entrance.WebSocketsOnly, false)]
    [InlineData(Entrance.Gateway, true)]
    [InlineData(Entrance.LongPollingThroughTheGateway, true)]
    public async Task Redis_goes_away_and_comes_back_and_messages_are_acknowledged_and_arrive_all_the_while(Entrance entrance, bool isKilled)
    {
        await using var way = await WayIn.OpenAsync(stack, entrance);
        await using var alice = await way.ConnectAsync(1);
        await using var bob = await way.ConnectAsync(2);
        var conversation = await alice.OpenAsync(bob);
        var traffic = new Traffic(alice, conversation);
        await bob.HearsAtLeastAsync(5);

        await using var outage = await Outage.BeginAsync(stack, "redis", isKilled);
        await traffic.GrowsByAsync(20);
        await bob.HearsAtLeastAsync(traffic.Count);

        await using var carol = await way.ConnectAsync(2);
        var other = await carol.OpenAsync(alice);
        await carol.SayAsync(other, "Hello Alice, this is Carol");
        await alice.HearsAsync("Hello Alice, this is Carol");
        await alice.SayAsync(other, "Hello Carol");
        await carol.HearsAsync("Hello Carol");

        await outage.EndAsync();
        await traffic.GrowsByAsync(20);
        await bob.HearsAtLeastAsync(traffic.Count);
        await alice.SayAsync(other, "Redis is back");
        await carol.HearsAsync("Redis is back");

        await Hearing.AssertAsync(stack, conversation, await traffic.StopAsync(), bob);
    }

    [Fact]
    public async Task Redis_is_away_and_those_who_are_on_one_hub_hear_each_other_live_all_the_same()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 1);
        var conversation = await Talk.DirectAsync(alice, bob);
        await using var outage = await Outage.BeginAsync(stack, "redis", isKilled: true);
        await Patience.UntilAsync(() => bob.BackplaneChanges.Contains(false), "Bob is told that Redis is away");

        // A bare connection does not poll.
        var sent = await alice.SendAsync(conversation, alice.EnvelopeFor(bob));
        await Patience.UntilAsync(() => !bob.Received.IsEmpty, "Bob hears Alice");
        await bob.CallAsync(nameof(IChatHub.MarkMessageRead), conversation, sent.MessageId);
        await Patience.UntilAsync(() => !alice.Read.IsEmpty, "Alice sees that it was read");

        Assert.Equal(sent.MessageId, Assert.Single(bob.Received).Id);
        await outage.EndAsync();
    }
}
