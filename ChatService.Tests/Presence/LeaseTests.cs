using ChatService.Contracts;
using ChatService.Hub.Presence;
using ChatService.Tests.Accounts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.HubCalls;
using ChatService.Tests.Scenarios;
using StackExchange.Redis;

namespace ChatService.Tests.Presence;

public sealed class LeaseTests(AppHostFixture stack)
{
    private static readonly RedisKey s_leases = "chat:presence:leases";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_users_of_a_killed_hub_are_offline_when_their_leases_are_over_which_is_within_45_seconds()
    {
        var usual = new PresenceOptions();
        Assert.InRange(usual.Lease + usual.Interval, usual.Interval * 3, TimeSpan.FromSeconds(45));

        await using var alice = await RawClient.ConnectAsync(stack, 1);
        var account = await ApiUser.RegisterAsync(stack);
        RawClient bob;
        await using (var hub = await HubProcess.StartAsync(
            await stack.ConnectionStringAsync("chatdb"), await stack.ConnectionStringAsync("redis"), ("Presence:LeaseSeconds", "6")))
        {
            bob = await RawClient.ConnectAsync(hub.Address, account);
            await Talk.DirectAsync(alice, bob);
            Assert.Equal(PresenceStatus.Online, await StatusAsync(alice, account.Id));
        }

        await Patience.UntilAsync(
            async () => alice.Presence.Any(update => update.UserId == account.Id && update.Status == PresenceStatus.Offline)
                && await StatusAsync(alice, account.Id) == PresenceStatus.Offline,
            "Bob is offline");
        await bob.DisposeAsync();
    }

    [Fact]
    public async Task A_reconnect_is_not_seen_not_even_when_the_old_lease_runs_out()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        await Talk.DirectAsync(alice, bob);
        RedisValue old = $"{bob.User.Id:N}:{bob.Hub.ConnectionId}";

        await bob.Hub.StopAsync(Token);
        await bob.Hub.StartAsync(Token);
        await bob.CallAsync<IReadOnlyList<PresenceUpdate>>(nameof(IChatHub.GetPresence));
        await using var redis = await ConnectionMultiplexer.ConnectAsync(await stack.ConnectionStringAsync("redis"));
        var db = redis.GetDatabase();
        await Patience.UntilAsync(async () => await db.SortedSetScoreAsync(s_leases, old) is not null, "the old connection still has a lease");
        await db.SortedSetAddAsync(s_leases, old, 1);
        await Patience.UntilAsync(async () => await db.SortedSetScoreAsync(s_leases, old) is null, "a hub has swept the old lease");

        Assert.Equal(PresenceStatus.Online, await StatusAsync(alice, bob.User.Id));
        await bob.CallAsync(nameof(IChatHub.SetPresence), PresenceStatus.Away);
        await Patience.UntilAsync(() => alice.Presence.Any(update => update.UserId == bob.User.Id && update.Status == PresenceStatus.Away), "Alice sees Bob go away");
        Assert.DoesNotContain(alice.Presence, update => update.UserId == bob.User.Id && update.Status == PresenceStatus.Offline);
    }

    private static async Task<PresenceStatus> StatusAsync(RawClient viewer, Guid userId) =>
        (await viewer.CallAsync<IReadOnlyList<PresenceUpdate>>(nameof(IChatHub.GetPresence))).Single(update => update.UserId == userId).Status;
}
