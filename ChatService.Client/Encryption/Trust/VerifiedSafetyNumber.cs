using ChatService.Client.Encryption.Keys;
using ChatService.Client.Encryption.SafetyNumbers;
using ChatService.Client.Storage;

namespace ChatService.Client.Encryption.Trust;

/// <summary>The safety number of the devices that are pinned (protocol §6): what a person compared is what gets confirmed, nothing newer.</summary>
internal static class VerifiedSafetyNumber
{
    /// <summary>Of both users' active devices, this one among them; null when the other has none.</summary>
    public static async ValueTask<string?> FindAsync(IChatTransaction transaction, Guid me, Guid ownDevice, Guid other, CancellationToken ct)
    {
        var theirs = await ActiveAsync(transaction, other, ct);
        if (theirs.Length == 0)
            return null;
        var ours = (await ActiveAsync(transaction, me, ct)).Where(pin => pin.DeviceId != ownDevice).Select(pin => pin.Identity);
        var own = await DeviceKeys.GetPublicKeysAsync(transaction, ct);
        return SafetyNumber.Compute(me, [own.Identity, .. ours], other, [.. theirs.Select(pin => pin.Identity)]);
    }

    /// <summary>Confirms the other user's devices; false, and nothing is changed, when this is not their safety number (any more).</summary>
    public static async ValueTask<bool> TryConfirmAsync(
        IChatTransaction transaction, Guid me, Guid ownDevice, Guid other, string safetyNumber, CancellationToken ct)
    {
        if (await FindAsync(transaction, me, ownDevice, other, ct) != safetyNumber)
            return false;
        await PinnedDevices.MarkVerifiedAsync(transaction, other, ct);
        return true;
    }

    private static async ValueTask<PinnedDevice[]> ActiveAsync(IChatTransaction transaction, Guid userId, CancellationToken ct) =>
        [.. (await PinnedDevices.ListAsync(transaction, userId, ct)).Where(pin => pin.IsActive)];
}
