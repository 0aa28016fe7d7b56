using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Trust;

namespace ChatService.Tests.Encryption.Trust;

public sealed class PinnedDevicesTests
{
    private static readonly Guid Conversation = Guid.CreateVersion7();
    private readonly PinnedDevices _pins = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_list_is_compared_with_the_pins()
    {
        TestDevice alice = await TestDevice.CreateAsync(), first = await TestDevice.CreateAsync(), second = await TestDevice.CreateAsync(userId: first.UserId), other = await TestDevice.CreateAsync();
        await using var transaction = await alice.Store.BeginAsync(Ct);
        async Task<DeviceChangeKind[]> Changes(params ListedDevice[] listed) =>
            [.. (await _pins.UpdateAsync(transaction, first.UserId, listed, Ct)).Select(change => change.Kind)];
        ListedDevice a = new(first.DeviceId, first.Published.Identity), b = new(second.DeviceId, second.Published.Identity);

        Assert.Equal([DeviceChangeKind.Added], await Changes(a));
        Assert.Empty(await Changes(a));
        Assert.Equal([DeviceChangeKind.Added], await Changes(a, b));
        Assert.Equal([DeviceChangeKind.Removed], await Changes(a));
        Assert.Equal([true, false], (await PinnedDevices.ListAsync(transaction, first.UserId, Ct)).OrderBy(pin => pin.DeviceId != first.DeviceId).Select(pin => pin.IsActive));
        Assert.Equal([DeviceChangeKind.Returned], await Changes(a, b));
        Assert.Equal([DeviceChangeKind.IdentityChanged], await Changes(new ListedDevice(first.DeviceId, other.Published.Identity), b));
        Assert.Equal(first.Published.Identity, (await PinnedDevices.FindAsync(transaction, first.DeviceId, Ct))!.Identity);
    }

    [Fact]
    public async Task The_first_message_of_a_device_pins_it_and_says_so()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync();
        TestEnvelope first = await alice.SealAsync(Conversation, "1", [bob]), second = await alice.SealAsync(Conversation, "2", [bob]);
        await using var transaction = await bob.Store.BeginAsync(Ct);
        Assert.True((await bob.OpenAsync(transaction, first)).IsFirstUse);
        Assert.False((await bob.OpenAsync(transaction, second)).IsFirstUse);
        Assert.Equal(alice.Published.Identity, (await PinnedDevices.FindAsync(transaction, alice.DeviceId, Ct))!.Identity);
    }

    [Fact]
    public async Task A_verified_contacts_new_device_blocks_sending_until_it_is_confirmed()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(), bobsNew = await TestDevice.CreateAsync(userId: bob.UserId);
        await alice.SealAsync(Conversation, "hello", [bob]);
        await ChangeAsync(alice, transaction => PinnedDevices.MarkVerifiedAsync(transaction, bob.UserId, Ct));
        await alice.SealAsync(Conversation, "still fine", [bob]);

        var e = await Assert.ThrowsAsync<EncryptionException>(() => alice.SealAsync(Conversation, "to both", [bob, bobsNew]));
        Assert.Equal(EncryptionError.UnconfirmedDevice, e.Error);
        Assert.Equal([bobsNew.DeviceId], e.DeviceIds);

        await ChangeAsync(alice, transaction => _pins.AcceptAsync(transaction, bob.UserId, bobsNew.DeviceId, bobsNew.Published.Identity, Ct));
        Assert.Equal("to both", await bobsNew.OpenAsync(await alice.SealAsync(Conversation, "to both", [bob, bobsNew])));
    }

    [Fact]
    public async Task A_changed_identity_is_refused_until_a_person_accepts_it()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(), another = await TestDevice.CreateAsync();
        await alice.SealAsync(Conversation, "hello", [bob]);
        await using var transaction = await alice.Store.BeginAsync(Ct);
        var e = await Assert.ThrowsAsync<EncryptionException>(async () => await _pins.PinAsync(transaction, bob.UserId, bob.DeviceId, another.Published.Identity, Ct));
        Assert.Equal(EncryptionError.IdentityChanged, e.Error);

        await _pins.AcceptAsync(transaction, bob.UserId, bob.DeviceId, another.Published.Identity, Ct);
        Assert.False(await _pins.PinAsync(transaction, bob.UserId, bob.DeviceId, another.Published.Identity, Ct));
        Assert.Null(await transaction.GetAsync(StoreTables.Sessions, bob.DeviceId.ToString("N"), Ct));
    }

    [Fact]
    public async Task A_device_cannot_be_claimed_for_another_user()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync();
        await alice.SealAsync(Conversation, "hello", [bob]);
        await using var transaction = await alice.Store.BeginAsync(Ct);
        var e = await Assert.ThrowsAsync<EncryptionException>(async () => await alice.Sealer.SealAsync(
            transaction, Conversation, Guid.CreateVersion7(), "hello"u8.ToArray(), [new(Guid.CreateVersion7(), bob.DeviceId)], ct: Ct));
        Assert.Equal(EncryptionError.IdentityChanged, e.Error);
    }

    private static async Task ChangeAsync(TestDevice device, Func<ChatService.Client.Storage.IChatTransaction, ValueTask> change)
    {
        await using var transaction = await device.Store.BeginAsync(Ct);
        await change(transaction);
        await transaction.CommitAsync(Ct);
    }
}
