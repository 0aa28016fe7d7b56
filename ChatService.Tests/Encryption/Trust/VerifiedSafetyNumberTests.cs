using ChatService.Client.Encryption.SafetyNumbers;
using ChatService.Client.Encryption.Trust;

namespace ChatService.Tests.Encryption.Trust;

public sealed class VerifiedSafetyNumberTests
{
    private readonly PinnedDevices _pins = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_devices_behind_the_number_that_was_compared_are_confirmed()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(), added = await TestDevice.CreateAsync(userId: bob.UserId);
        await using var transaction = await alice.Store.BeginAsync(Ct);
        await _pins.PinAsync(transaction, bob.UserId, bob.DeviceId, bob.Published.Identity, Ct);
        var compared = (await VerifiedSafetyNumber.FindAsync(transaction, alice.UserId, alice.DeviceId, bob.UserId, Ct))!;

        await _pins.PinAsync(transaction, bob.UserId, added.DeviceId, added.Published.Identity, Ct);

        Assert.False(await ConfirmAsync(compared));
        Assert.False(await PinnedDevices.IsVerifiedAsync(transaction, bob.UserId, Ct));
        Assert.All(await PinnedDevices.ListAsync(transaction, bob.UserId, Ct), pin => Assert.False(pin.IsConfirmed));
        Assert.True(await ConfirmAsync((await VerifiedSafetyNumber.FindAsync(transaction, alice.UserId, alice.DeviceId, bob.UserId, Ct))!));
        Assert.True(await PinnedDevices.IsVerifiedAsync(transaction, bob.UserId, Ct));

        ValueTask<bool> ConfirmAsync(string number) =>
            VerifiedSafetyNumber.TryConfirmAsync(transaction, alice.UserId, alice.DeviceId, bob.UserId, number, Ct);
    }

    [Fact]
    public async Task The_number_is_the_one_of_both_users_active_devices()
    {
        TestDevice alice = await TestDevice.CreateAsync(), second = await TestDevice.CreateAsync(userId: alice.UserId), bob = await TestDevice.CreateAsync(), removed = await TestDevice.CreateAsync(userId: bob.UserId);
        await using var transaction = await alice.Store.BeginAsync(Ct);
        await _pins.PinAsync(transaction, alice.UserId, second.DeviceId, second.Published.Identity, Ct);
        await _pins.PinAsync(transaction, bob.UserId, removed.DeviceId, removed.Published.Identity, Ct);
        await _pins.UpdateAsync(transaction, bob.UserId, [new(bob.DeviceId, bob.Published.Identity)], Ct);

        Assert.Equal(
            SafetyNumber.Compute(bob.UserId, [bob.Published.Identity], alice.UserId, [alice.Published.Identity, second.Published.Identity]),
            await VerifiedSafetyNumber.FindAsync(transaction, alice.UserId, alice.DeviceId, bob.UserId, Ct));
        Assert.Null(await VerifiedSafetyNumber.FindAsync(transaction, alice.UserId, alice.DeviceId, Guid.CreateVersion7(), Ct));
    }
}
