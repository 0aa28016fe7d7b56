using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Keys;

public sealed class OneTimePreKeyTests(AppHostFixture stack)
{
    [Fact]
    public async Task Of_64_concurrent_fetchers_of_20_keys_nobody_gets_the_same_and_the_rest_get_none()
    {
        using var bob = await ApiUser.RegisterAsync(stack);
        var target = await ApiDevice.RegisterAsync(bob, oneTimePreKeys: 20);
        List<(ApiUser User, ApiDevice Device)> fetchers = [];
        for (var i = 0; i < 11; i++)
        {
            var user = await ApiUser.RegisterAsync(stack, hub: 1 + (i % 2));
            await DirectAsync(user, bob);
            for (var device = 0; device < 6 && fetchers.Count < 64; device++)
            {
                fetchers.Add((user, await ApiDevice.RegisterAsync(user, oneTimePreKeys: 0)));
            }
        }

        var bundles = await Task.WhenAll(fetchers.Select(fetcher => FetchAsync(fetcher.User, fetcher.Device, bob)));

        var ids = bundles.Select(bundle => Assert.Single(bundle).OneTimePreKeyId).Where(id => id is not null).ToList();
        Assert.Equal(20, ids.Count);
        Assert.Equal(target.Public.OneTimePreKeys.Select(key => (uint?)key.Id).Order(), ids.Order());
        Assert.Equal(0, (await bob.GetAsync<KeyCount>(Routes.DeviceKeys(target.Id))).OneTimePreKeys);
        foreach (var user in fetchers.Select(fetcher => fetcher.User).Distinct())
        {
            user.Dispose();
        }
    }

    [Fact]
    public async Task A_device_gets_six_one_time_keys_of_another_and_then_bundles_without()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        using var bob = await ApiUser.RegisterAsync(stack, hub: 2);
        await DirectAsync(alice, bob);
        var phone = await ApiDevice.RegisterAsync(alice);
        var tablet = await ApiDevice.RegisterAsync(alice);
        var drained = await ApiDevice.RegisterAsync(bob, oneTimePreKeys: 20);
        var query = $"{Routes.UserKeys(bob.Id, phone.Id)}&target={drained.Id}";

        var fetched = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => alice.GetAsync<IReadOnlyList<KeyBundle>>(query)));

        Assert.Equal(6, fetched.Count(bundles => Assert.Single(bundles).OneTimePreKey is not null));
        Assert.All(fetched, bundles => Assert.Equal(Convert.ToBase64String(drained.Public.KemPreKey.PublicKey), Assert.Single(bundles).KemPreKey));

        // The limit is of the pair: another of Alice's devices, another of Bob's, and Bob himself are as before.
        var other = await ApiDevice.RegisterAsync(bob, oneTimePreKeys: 20);
        var all = await FetchAsync(alice, phone, bob);
        Assert.Null(all.Single(bundle => bundle.DeviceId == drained.Id).OneTimePreKey);
        Assert.NotNull(all.Single(bundle => bundle.DeviceId == other.Id).OneTimePreKey);
        Assert.All(await FetchAsync(alice, tablet, bob), bundle => Assert.NotNull(bundle.OneTimePreKey));
        Assert.NotNull(Assert.Single(await FetchAsync(bob, other, bob)).OneTimePreKey);
    }

    [Fact]
    public async Task Keys_are_only_for_those_who_share_a_conversation()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        using var bob = await ApiUser.RegisterAsync(stack);
        var phone = await ApiDevice.RegisterAsync(alice);
        var target = await ApiDevice.RegisterAsync(bob);

        var stranger = await alice.ProblemAsync(HttpMethod.Get, Routes.UserKeys(bob.Id, phone.Id));
        var nobody = await alice.ProblemAsync(HttpMethod.Get, Routes.UserKeys(Guid.CreateVersion7(), phone.Id));

        Assert.Equal(ErrorCodes.NotFound, stranger.Code);
        Assert.Equal(nobody, stranger);
        Assert.Equal(2, (await bob.GetAsync<KeyCount>(Routes.DeviceKeys(target.Id))).OneTimePreKeys);
        await DirectAsync(alice, bob);
        Assert.Equal(
            ErrorCodes.DeviceUnknown, await alice.RefusedAsync(HttpMethod.Get, Routes.UserKeys(bob.Id, target.Id)));
    }

    private static Task<IReadOnlyList<KeyBundle>> FetchAsync(ApiUser user, ApiDevice device, ApiUser of) =>
        user.GetAsync<IReadOnlyList<KeyBundle>>(Routes.UserKeys(of.Id, device.Id));

    private static Task<ConversationDetails> DirectAsync(ApiUser one, ApiUser other) => one.CallAsync<ConversationDetails>(
        HttpMethod.Post, Routes.Conversations, new CreateConversationRequest(Guid.CreateVersion7(), ConversationType.Direct, [other.Id]));
}
