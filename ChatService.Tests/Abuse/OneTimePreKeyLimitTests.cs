using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Abuse;

/// <summary>The three limits of one-time prekeys: nobody is refused, bundles come without.</summary>
public sealed class OneTimePreKeyLimitTests(AppHostFixture stack)
{
    [Fact]
    public async Task Each_bites_at_its_number_leaves_others_alone_and_lets_go_when_its_time_has_come()
    {
        var wait = TimeSpan.FromSeconds(10);
        await using var hub = await InProcessHub.StartAsync(
            stack,
            ("RateLimits:one-time-prekeys:Burst", "2"), ("RateLimits:one-time-prekeys:PerSecond", "0.1"),
            ("RateLimits:one-time-prekeys-user:Burst", "3"), ("RateLimits:one-time-prekeys-user:PerSecond", "0.1"),
            ("RateLimits:one-time-prekeys-target:Burst", "5"), ("RateLimits:one-time-prekeys-target:PerSecond", "0.1"));
        using var alice = await hub.NewUserAsync();
        using var bob = await hub.NewUserAsync();
        using var carol = await hub.NewUserAsync();
        var target = await ApiDevice.RegisterAsync(carol, oneTimePreKeys: 20);
        var other = await ApiDevice.RegisterAsync(carol, oneTimePreKeys: 20);
        foreach (var user in (ApiUser[])[alice, bob])
        {
            await user.CallAsync<ConversationDetails>(
                HttpMethod.Post, Routes.Conversations, new CreateConversationRequest(Guid.CreateVersion7(), ConversationType.Direct, [carol.Id]));
        }

        var (phone, tablet) = (await ApiDevice.RegisterAsync(alice), await ApiDevice.RegisterAsync(alice));
        var (first, second) = (await ApiDevice.RegisterAsync(bob), await ApiDevice.RegisterAsync(bob));
        async Task<int> GetsAsync(ApiUser user, ApiDevice device, ApiDevice of, int asks = 1)
        {
            var got = 0;
            for (var ask = 0; ask < asks; ask++)
            {
                var bundles = await user.GetAsync<IReadOnlyList<KeyBundle>>($"{Routes.UserKeys(carol.Id, device.Id)}&target={of.Id}");
                got += Assert.Single(bundles).OneTimePreKey is null ? 0 : 1;
            }

            return got;
        }

        // The device's own, then its user's, then the target's; each time something else is as before.
        Assert.Equal(2, await GetsAsync(alice, phone, target, asks: 4));
        Assert.Equal(1, await GetsAsync(alice, phone, other));
        Assert.Equal(1, await GetsAsync(alice, tablet, target, asks: 3));
        Assert.Equal(2, await GetsAsync(bob, first, target, asks: 2));
        Assert.Equal(0, await GetsAsync(bob, second, target));
        Assert.Equal(1, await GetsAsync(bob, second, other));

        hub.Time.Advance(wait - TimeSpan.FromMilliseconds(10));
        Assert.Equal(0, await GetsAsync(alice, phone, target));
        hub.Time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(1, await GetsAsync(alice, phone, target, asks: 2));
    }
}
