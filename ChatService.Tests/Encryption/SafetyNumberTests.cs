using ChatService.Client.Encryption.Keys;
using ChatService.Client.Encryption.SafetyNumbers;

namespace ChatService.Tests.Encryption;

public sealed class SafetyNumberTests
{
    [Fact]
    public void The_order_of_devices_does_not_matter_and_another_device_does()
    {
        DeviceIdentity first = DeviceIdentity.FromPublicKey(new byte[64]), second = DeviceIdentity.FromPublicKey([.. Enumerable.Repeat((byte)7, 64)]);
        var user = Guid.CreateVersion7();
        Assert.Equal(SafetyNumber.ComputeHalf(user, [first, second]), SafetyNumber.ComputeHalf(user, [second, first]));
        Assert.NotEqual(SafetyNumber.ComputeHalf(user, [first, second]), SafetyNumber.ComputeHalf(user, [first]));
        Assert.NotEqual(SafetyNumber.ComputeHalf(user, [first]), SafetyNumber.ComputeHalf(Guid.CreateVersion7(), [first]));
        Assert.Throws<ArgumentException>(() => SafetyNumber.ComputeHalf(user, []));
    }

    [Fact]
    public void It_is_shown_in_groups_of_five() => Assert.Equal("01234 56789", SafetyNumber.Format("0123456789"));
}
