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
    public async Task A_user_gets_twelve_however_many_devices_they_register_and_remove()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        using var bob = await ApiUser.RegisterAsync(stack, hub: 2);
        await DirectAsync(alice, bob);
        await ApiDevice.RegisterAsync(bob, oneTimePreKeys: 40);
        var got = 0;

        for (var i = 0; i < 4; i++)
        {
            var device = await ApiDevice.RegisterAsync(alice, oneTimePreKeys: 0);
            for (var fetch = 0; fetch < 6; fetch++)
            {
                got += Assert.Single(await FetchAsync(alice, device, bob)).OneTimePreKey is null ? 0 : 1;
            }

            await alice.CallAsync(HttpMethod.Delete, Routes.Device(device.Id));
        }

        Assert.Equal(12, got);
        using var carol = await ApiUser.RegisterAsync(stack);
        await DirectAsync(carol, bob);
        Assert.NotNull(Assert.Single(await FetchAsync(carol, await ApiDevice.RegisterAsync(carol), bob)).OneTimePreKey);
    }

    [Fact]
    public async Task A_device_gives_away_a_hundred_at_once_and_no_more_whoever_asks()
    {
        using var bob = await ApiUser.RegisterAsync(stack, hub: 2);
        var target = await ApiDevice.RegisterAsync(bob, oneTimePreKeys: 100);
        await using var database = Npgsql.NpgsqlDataSource.Create(await stack.ConnectionStringAsync("chatdb"));
        // Ninety-eight strangers were here before.
        await using var taken = database.CreateCommand(
            "INSERT INTO one_time_pre_key_allowances (scope, requester_id, target_device_id, tokens, updated_at) VALUES (2, $1, $1, 2, now())");
        taken.Parameters.Add(new Npgsql.NpgsqlParameter<Guid> { TypedValue = target.Id });
        await taken.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        List<bool> got = [];
        for (var i = 0; i < 3; i++)
        {
            using var user = await ApiUser.RegisterAsync(stack);
            await DirectAsync(user, bob);
            got.Add(Assert.Single(await FetchAsync(user, await ApiDevice.RegisterAsync(user), bob)).OneTimePreKey is not null);
        }

        Assert.Equal([true, true, false], got);
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
