using ChatService.Tests.AppHost;

namespace ChatService.Tests.Scenarios;

[Collection(nameof(Outages))]
public sealed class HubLossTests(AppHostFixture stack)
{
    [Fact]
    public async Task Alice_writes_and_Bobs_hub_is_killed_and_Bob_comes_back_on_the_other_and_has_everything()
    {
        await using var door = new Doorway(await stack.HubAsync(2));
        await using var alice = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        await using var bob = await Person.ConnectAsync(stack, door.Address);
        var conversation = await alice.OpenAsync(bob);
        var traffic = new Traffic(alice, conversation);
        await bob.HearsAtLeastAsync(5);

        await using var outage = await Outage.BeginAsync(stack, "hub-2", isKilled: true);
        await traffic.GrowsByAsync(10);
        door.Target = await stack.HubAsync(1);
        await traffic.GrowsByAsync(10);
        var written = await traffic.StopAsync();
        await bob.SayAsync(conversation, "I am back");
        await alice.HearsAsync("I am back");

        await Hearing.AssertAsync(stack, conversation, written, bob, others: 1);
    }

    [Fact]
    public async Task Both_hubs_are_restarted_one_after_the_other_and_nobody_misses_anything()
    {
        await using var alice = await Person.ConnectAsync(stack, await stack.GatewayAsync());
        await using var bob = await Person.ConnectAsync(stack, await stack.GatewayAsync());
        var conversation = await alice.OpenAsync(bob);
        var traffic = new Traffic(alice, conversation);
        await bob.HearsAtLeastAsync(5);

        foreach (var hub in (string[])["hub-1", "hub-2"])
        {
            await using var outage = await Outage.BeginAsync(stack, hub, isKilled: false);
            await traffic.GrowsByAsync(5);
            await outage.EndAsync();
            await traffic.GrowsByAsync(5);
        }

        await Hearing.AssertAsync(stack, conversation, await traffic.StopAsync(), bob);
    }
}
