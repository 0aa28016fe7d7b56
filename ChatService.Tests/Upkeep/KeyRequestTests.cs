using System.Collections.Concurrent;
using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.HubCalls;
using ChatService.Tests.Scenarios;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatService.Tests.Upkeep;

public sealed class KeyRequestTests(AppHostFixture stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_with_an_old_signed_prekey_is_asked_on_whichever_hub_it_is_until_it_has_a_new_one()
    {
        await using var jobs = await WorkerJobs.CreateAsync(stack);
        await using var alice = await RawClient.ConnectAsync(stack, hub: 1);
        await using var bob = await RawClient.ConnectAsync(stack, hub: 2);
        await Talk.DirectAsync(alice, bob);
        var (askedAlice, askedBob) = (Asked(alice.Hub), Asked(bob.Hub));

        await jobs.AgeKeysAsync(bob.DeviceId, days: 31);
        await jobs.Requests.AskToRotateAsync(DateTime.UtcNow, Token);
        await Patience.UntilAsync(() => askedBob.Count == 1, "Bob's device is asked");
        await jobs.Requests.AskToRotateAsync(DateTime.UtcNow, Token);
        await Patience.UntilAsync(() => askedBob.Count == 2, "Bob's device is asked again");

        await jobs.AgeKeysAsync(bob.DeviceId, days: 0);
        await jobs.AgeKeysAsync(alice.DeviceId, days: 31);
        await jobs.Requests.AskToRotateAsync(DateTime.UtcNow, Token);
        await Patience.UntilAsync(() => !askedAlice.IsEmpty, "Alice's device is asked");

        // Each heard of its own keys and of nobody else's.
        Assert.Equal(2, askedBob.Count);
        Assert.Single(askedAlice);
    }

    [Fact]
    public async Task A_device_that_was_away_is_asked_when_it_connects()
    {
        await using var jobs = await WorkerJobs.CreateAsync(stack);
        using var user = await ApiUser.RegisterAsync(stack);
        var device = await ApiDevice.RegisterAsync(user, oneTimePreKeys: 3);
        await jobs.AgeKeysAsync(device.Id, days: 30);
        await using var hub = RawClient.Build(await stack.HubAsync(2), device.Id.ToString(), user);
        var (rotate, low) = (Asked(hub), new ConcurrentQueue<int>());
        hub.On<int>(nameof(IChatHubClient.OneTimePreKeysLow), low.Enqueue);

        await hub.StartAsync(Token);

        await Patience.UntilAsync(() => rotate.Count == 1 && low.Count == 1, "the device is asked for both");
        Assert.Equal([3], low);
    }

    [Fact]
    public async Task A_device_whose_pool_runs_dry_is_asked_to_top_up()
    {
        await using var jobs = await WorkerJobs.CreateAsync(stack);
        await using var alice = await RawClient.ConnectAsync(stack, hub: 2);
        var low = new ConcurrentQueue<int>();
        alice.Hub.On<int>(nameof(IChatHubClient.OneTimePreKeysLow), low.Enqueue);

        await jobs.Requests.AskToTopUpAsync(DateTime.UtcNow, Token);

        // It had two from the beginning, and was told so when it connected: before this test listened, or just after.
        await Patience.UntilAsync(() => !low.IsEmpty, "the device is asked");
        Assert.All(low, remaining => Assert.Equal(2, remaining));
    }

    private static ConcurrentQueue<DateTime> Asked(HubConnection hub)
    {
        ConcurrentQueue<DateTime> asked = new();
        hub.On(nameof(IChatHubClient.RotateSignedPreKey), () => asked.Enqueue(DateTime.UtcNow));
        return asked;
    }
}
