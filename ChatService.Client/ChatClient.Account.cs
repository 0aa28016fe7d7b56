using ChatService.Contracts;

namespace ChatService.Client;

public sealed partial class ChatClient
{
    /// <summary>What this user shows others, and so sees of them.</summary>
    public Task<PrivacySettings> PrivacyAsync(CancellationToken ct = default) => _parts.Api.PrivacyAsync(ct);

    /// <summary>Switches on or off, for all of this user's devices. <see cref="ChatEvents.PrivacySettingsChanged"/> tells each of them.</summary>
    public Task SetPrivacyAsync(PrivacySettings settings, CancellationToken ct = default) => _parts.Api.SetPrivacyAsync(settings, ct);

    /// <summary>Removes one of this user's devices: its connections and its sign-in end at once. Removing this one signs out.</summary>
    /// <exception cref="ChatException"><see cref="ErrorCodes.DeviceUnknown"/>: no such device, or it is gone already.</exception>
    public async Task RemoveDeviceAsync(Guid deviceId, CancellationToken ct = default)
    {
        await _parts.Api.RemoveDeviceAsync(deviceId, ct);
        if (deviceId == DeviceId)
            await SignOutAsync(ct);
    }

    /// <summary>Ends the account for good, on a server with accounts of its own: it leaves its groups, its devices and bots are gone, its handle stays taken.</summary>
    /// <exception cref="ChatException"><see cref="ErrorCodes.Unauthorized"/>: the password is wrong.</exception>
    public async Task DeleteAccountAsync(string password, CancellationToken ct = default)
    {
        await _parts.Api.DeleteAccountAsync(password, ct);
        await SignOutAsync(ct);
    }
}
