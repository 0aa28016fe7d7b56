using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Storage;

namespace ChatService.Client.Encryption.Trust;

/// <summary>May a message go to these devices? (protocol §6)</summary>
internal static class SendingTrust
{
    /// <exception cref="EncryptionException">IdentityChanged: a device was pinned as another user's. UnconfirmedDevice: a verified contact has a new one.</exception>
    public static async ValueTask RequireAsync(IChatTransaction transaction, IReadOnlyCollection<RecipientDevice> recipients, CancellationToken ct)
    {
        Dictionary<Guid, bool> verified = [];
        List<Guid> unconfirmed = [];
        foreach (var recipient in recipients)
        {
            if (await PinnedDevices.FindAsync(transaction, recipient.DeviceId, ct) is not { } pin || pin.UserId != recipient.UserId)
                throw PinnedDevices.IdentityChanged(recipient.DeviceId);
            if (!verified.TryGetValue(recipient.UserId, out var isVerified))
                verified[recipient.UserId] = isVerified = await PinnedDevices.IsVerifiedAsync(transaction, recipient.UserId, ct);
            if (isVerified && !pin.IsConfirmed)
                unconfirmed.Add(recipient.DeviceId);
        }

        if (unconfirmed.Count > 0)
        {
            const string what = "A verified contact has a new device. Compare safety numbers or confirm the device, then send again.";
            throw new EncryptionException(EncryptionError.UnconfirmedDevice, what) { DeviceIds = unconfirmed };
        }
    }
}
