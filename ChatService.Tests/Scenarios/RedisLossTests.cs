using ChatService.Tests.AppHost;

namespace ChatService.Tests.Scenarios;

[Collection(nameof(Outages))]
public sealed class RedisLossTests(AppHostFixture stack)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Redis_goes_away_and_comes_back_and_messages_are_acknowledged_and_arrive_all_the_while(bool isKilled)
    {
        await using var alice = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        await using var bob = await Person.ConnectAsync(stack, await stack.HubAsync(2));
        var conversation = await alice.OpenAsync(bob);
        var traffic = new Traffic(alice, conversation);
        await bob.HearsAtLeastAsync(5);

        await using var outage = await Outage.BeginAsync(stack, "redis", isKilled);
        await traffic.GrowsByAsync(20);
        await bob.HearsAtLeastAsync(traffic.Count);

        await using var carol = await Person.ConnectAsync(stack, await stack.HubAsync(2));
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
