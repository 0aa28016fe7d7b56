using ChatService.Tests.AppHost;

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
}
