using System.Security.Cryptography;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Storage;
using ChatService.Contracts;
using Microsoft.Extensions.Time.Testing;

namespace ChatService.Tests.Encryption.Keys;

public sealed class DeviceKeysTests
{
    private static readonly Guid Conversation = Guid.CreateVersion7();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_device_has_a_hundred_one_time_prekeys_and_ids_from_a_random_start()
    {
        var first = await CreateAsync();
        var second = await CreateAsync();
        Assert.Equal(Limits.OneTimePreKeysPerDevice, first.OneTimePreKeys.Select(key => key.Id).Distinct().Count());
        Assert.Equal(Limits.OneTimePreKeysPerDevice, first.OneTimePreKeys.Select(key => Convert.ToHexString(key.PublicKey)).Distinct().Count());
        Assert.NotEqual(first.SignedPreKey.Id, second.SignedPreKey.Id);
        Assert.NotEqual(first.Identity, second.Identity);

        async Task<PublicDeviceKeys> CreateAsync()
        {
            await using var transaction = await new InMemoryChatStore().BeginAsync(Ct);
            return await new DeviceKeys().CreateAsync(transaction, Ct);
        }
    }

    [Fact]
    public async Task Keys_are_made_once_and_asking_before_says_so()
    {
        await using var transaction = await new InMemoryChatStore().BeginAsync(Ct);
        Assert.False(await DeviceKeys.ExistAsync(transaction, Ct));
        var e = await Assert.ThrowsAsync<EncryptionException>(async () => await DeviceKeys.GetPublicKeysAsync(transaction, Ct));
        Assert.Equal(EncryptionError.NoDeviceKeys, e.Error);
        await new DeviceKeys().CreateAsync(transaction, Ct);
        Assert.True(await DeviceKeys.ExistAsync(transaction, Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await new DeviceKeys().CreateAsync(transaction, Ct));
    }

    [Fact]
    public async Task Topping_up_fills_the_pool_with_ids_that_were_never_used()
    {
        var device = await TestDevice.CreateAsync(oneTimePreKeys: 100);
        await using var transaction = await device.Store.BeginAsync(Ct);
        Assert.Empty(await device.Keys.TopUpAsync(transaction, 20, Ct));
        var first = await device.Keys.TopUpAsync(transaction, 19, Ct);
        var second = await device.Keys.TopUpAsync(transaction, 0, Ct);
        Assert.Equal((81, 100), (first.Count, second.Count));
        Assert.Equal(281, device.Published.OneTimePreKeys.Concat(first).Concat(second).Select(key => key.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_rotation_gives_new_keys_under_new_ids_and_is_due_after_a_week()
    {
        var device = await TestDevice.CreateAsync(time: _time);
        await using var transaction = await device.Store.BeginAsync(Ct);
        Assert.False(await device.Keys.IsRotationDueAsync(transaction, Ct));
        _time.Advance(DeviceKeys.RotationPeriod);
        Assert.True(await device.Keys.IsRotationDueAsync(transaction, Ct));

        var rotated = await device.Keys.RotateAsync(transaction, Ct);
        Assert.False(await device.Keys.IsRotationDueAsync(transaction, Ct));
        Assert.Equal(device.Published.Identity, rotated.Identity);
        Assert.Equal(device.Published.SignedPreKey.Id + 1, rotated.SignedPreKey.Id);
        Assert.Equal(device.Published.KemPreKey.Id + 1, rotated.KemPreKey.Id);
        Assert.NotEqual(device.Published.SignedPreKey.PublicKey, rotated.SignedPreKey.PublicKey);
        Assert.NotEqual(device.Published.KemPreKey.PublicKey, rotated.KemPreKey.PublicKey);
        Assert.NotEqual(device.Published.CheckDigest(), rotated.CheckDigest());
        Assert.Equal(rotated.CheckDigest(), (await DeviceKeys.GetPublicKeysAsync(transaction, Ct)).CheckDigest());
    }

    [Theory, InlineData(30, true), InlineData(31, false)]
    public async Task A_replaced_prekey_still_opens_for_thirty_days_and_then_no_more(int days, bool opens)
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(time: _time);
        var sent = await alice.SealAsync(Conversation, "late", [bob]);
        await RotateAsync(bob);
        _time.Advance(TimeSpan.FromDays(days));
        await using (var transaction = await bob.Store.BeginAsync(Ct))
        {
            Assert.Equal(opens ? 0 : 2, await bob.Keys.DeleteExpiredAsync(transaction, Ct));
            await transaction.CommitAsync(Ct);
        }

        if (opens)
            Assert.Equal("late", await bob.OpenAsync(sent));
        else
            Assert.Equal(EncryptionError.UnknownPreKey, await bob.RefusalAsync(sent));
    }

    [Fact]
    public async Task The_memory_of_started_sessions_goes_with_the_signed_prekey()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(time: _time);
        await bob.OpenAsync(await alice.SealAsync(Conversation, "hello", [bob]));
        Assert.Single(bob.Store.Tables[StoreTables.SeenSessions]);
        await RotateAsync(bob);
        Assert.Single(bob.Store.Tables[StoreTables.SeenSessions]);
        _time.Advance(DeviceKeys.RetentionPeriod + TimeSpan.FromDays(1));
        await RotateAsync(bob);
        Assert.Empty(bob.Store.Tables[StoreTables.SeenSessions]);
        Assert.Equal(2, bob.Store.Tables[StoreTables.SignedPreKeys].Count);
    }

    [Fact]
    public void The_check_digest_is_over_the_servers_form_of_the_keys()
    {
        var identity = DeviceIdentity.FromPublicKey(new byte[64]);
        var keys = new PublicDeviceKeys
        {
            Identity = identity,
            SignedPreKey = new(0x01020304, [5], [], default),
            KemPreKey = new(6, [7, 8], [], default),
        };
        Assert.Equal(SHA256.HashData([.. new byte[64], 1, 2, 3, 4, 5, 0, 0, 0, 6, 7, 8]), keys.CheckDigest());
    }

    private static async Task RotateAsync(TestDevice device)
    {
        await using var transaction = await device.Store.BeginAsync(Ct);
        device.Published = await device.Keys.RotateAsync(transaction, Ct);
        await transaction.CommitAsync(Ct);
    }
}
