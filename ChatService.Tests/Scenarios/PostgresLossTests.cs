using ChatService.Tests.AppHost;

namespace ChatService.Tests.Scenarios;

[Collection(nameof(Outages))]
public sealed class PostgresLossTests(AppHostFixture stack)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PostgreSQL_goes_away_and_comes_back_and_nothing_acknowledged_is_lost_and_nothing_is_there_twice(bool isKilled)
    {
        await using var alice = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        await using var bob = await Person.ConnectAsync(stack, await stack.HubAsync(2));
        var conversation = await alice.OpenAsync(bob);
        var traffic = new Traffic(alice, conversation);
        await bob.HearsAtLeastAsync(10);

        await using var outage = await Outage.BeginAsync(stack, "postgres", isKilled, healthOf: "chatdb");
        await outage.EndAsync();
        await traffic.GrowsByAsync(10);

        await Hearing.AssertAsync(stack, conversation, await traffic.StopAsync(), bob);
        await stack.WaitHealthyAsync("hub-1");
        await stack.WaitHealthyAsync("hub-2");
    }
}
