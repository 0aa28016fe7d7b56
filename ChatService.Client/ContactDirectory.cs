using ChatService.Client.Conversations;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Trust;
using ChatService.Contracts;

namespace ChatService.Client;

/// <summary>Who is who: devices, safety numbers (protocol section 6) and presence.</summary>
public sealed class ContactDirectory
{
    private readonly ClientParts _parts;

    internal ContactDirectory(ClientParts parts) => _parts = parts;

    /// <summary>A user by exact handle, without the @.</summary>
    /// <exception cref="ChatException"><see cref="ErrorCodes.NotFound"/></exception>
    public Task<UserProfile> FindAsync(string handle, CancellationToken ct = default) => _parts.Api.UserAsync(handle, ct);

    /// <summary>This user's own devices, this one among them.</summary>
    public Task<IReadOnlyList<DeviceInfo>> OwnDevicesAsync(CancellationToken ct = default) => _parts.Api.DevicesAsync(ct);

    /// <summary>Gives one of this user's devices another name, which only its owner sees.</summary>
    /// <param name="name">1 to 64 visible characters.</param>
    /// <exception cref="ChatException"><see cref="ErrorCodes.DeviceUnknown"/>, <see cref="ErrorCodes.InvalidArgument"/>.</exception>
    public Task RenameDeviceAsync(Guid deviceId, string name, CancellationToken ct = default) => _parts.Api.RenameDeviceAsync(deviceId, name, ct);

    /// <summary>Removes one of this user's devices: its connections and its sign-in end at once. For this one itself, see <see cref="ChatClient.RemoveDeviceAsync"/>.</summary>
    public Task RemoveDeviceAsync(Guid deviceId, CancellationToken ct = default) => _parts.Api.RemoveDeviceAsync(deviceId, ct);

    /// <summary>
    /// Wants nothing from a user any more: they open no direct conversation, nothing is sent in one that there is, they add this user to
    /// no group, and what they write in shared groups is hidden on this user's devices. They are not told. Blocking again changes nothing.
    /// </summary>
    /// <exception cref="ChatException"><see cref="ErrorCodes.NotFound"/>: no such user. <see cref="ErrorCodes.LimitReached"/>: 1,000 are blocked.</exception>
    public Task BlockAsync(Guid userId, CancellationToken ct = default) => _parts.Blocks.BlockAsync(userId, ct);

    /// <summary>Takes <see cref="BlockAsync"/> back. What was hidden in groups is shown again; what was refused is not sent.</summary>
    public Task UnblockAsync(Guid userId, CancellationToken ct = default) => _parts.Blocks.UnblockAsync(userId, ct);

    /// <summary>Whom this user has blocked, the latest last.</summary>
    public Task<IReadOnlyList<BlockedUser>> BlockedAsync(CancellationToken ct = default) => _parts.Blocks.RefreshAsync(ct);

    /// <summary>The presence of everyone with whom this user shares a conversation; of nobody when this user shows none.</summary>
    public async Task<IReadOnlyList<PresenceUpdate>> PresenceAsync(CancellationToken ct = default)
    {
        IReadOnlyList<PresenceUpdate> presence = [];
        await _parts.CallAsync(async hub => presence = await hub.GetPresence(), ct);
        return presence;
    }

    public Task SetPresenceAsync(PresenceStatus status, CancellationToken ct = default) => _parts.CallAsync(hub => hub.SetPresence(status), ct);

    /// <summary>The 60 digits that this user and the other member of a direct conversation compare: the same on both sides.</summary>
    /// <exception cref="ChatException"><see cref="ErrorCodes.InvalidArgument"/>: a group, or the other has no device. <see cref="ClientErrorCodes.UntrustedBundle"/>: the server lists a stranger's devices.</exception>
    public async Task<string> SafetyNumberAsync(Conversation conversation, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var other = conversation.Other ?? throw new ChatException(ErrorCodes.InvalidArgument, "A safety number is for a direct conversation.");
        _parts.Lists.Drop(conversation.Id);
        try
        {
            await _parts.Lists.GetAsync(conversation.Id, ct);
        }
        catch (EncryptionException e) when (e.Error == EncryptionError.UntrustedBundle)
        {
            throw new ChatException(ClientErrorCodes.UntrustedBundle, e.Message, e);
        }

        await using var transaction = await _parts.Store.BeginAsync(ct);
        return await VerifiedSafetyNumber.FindAsync(transaction, _parts.Device.User.Id, _parts.Device.DeviceId, other.UserId, ct)
            ?? throw new ChatException(ErrorCodes.InvalidArgument, $"@{other.Handle} has no device yet.");
    }

    /// <summary>The safety numbers were compared and are equal: from now on a new device of the contact has to be confirmed before anything is sent.</summary>
    /// <param name="safetyNumber">The 60 digits that were compared, grouped or not: only the devices behind them are confirmed.</param>
    /// <exception cref="ChatException"><see cref="ClientErrorCodes.SafetyNumberChanged"/>: a device was added or changed since, or the digits are others.</exception>
    public async Task MarkVerifiedAsync(Guid userId, string safetyNumber, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(safetyNumber);
        var digits = string.Concat(safetyNumber.Where(c => !char.IsWhiteSpace(c)));
        await using var transaction = await _parts.Store.BeginAsync(ct);
        if (!await VerifiedSafetyNumber.TryConfirmAsync(transaction, _parts.Device.User.Id, _parts.Device.DeviceId, userId, digits, ct))
            throw new ChatException(ClientErrorCodes.SafetyNumberChanged, "This is not the safety number of the devices that are known now. Show it again, and compare it anew.");
        await transaction.CommitAsync(ct);
    }

    /// <summary>Takes <see cref="MarkVerifiedAsync"/> back.</summary>
    public async Task MarkUnverifiedAsync(Guid userId, CancellationToken ct = default)
    {
        await using var transaction = await _parts.Store.BeginAsync(ct);
        await PinnedDevices.MarkUnverifiedAsync(transaction, userId, ct);
        await transaction.CommitAsync(ct);
    }

    public async Task<bool> IsVerifiedAsync(Guid userId, CancellationToken ct = default)
    {
        await using var transaction = await _parts.Store.BeginAsync(ct);
        return await PinnedDevices.IsVerifiedAsync(transaction, userId, ct);
    }

    /// <summary>Accepts a changed or added device, as <see cref="ChatEvents.DeviceChanged"/> showed it.</summary>
    public async Task AcceptDeviceAsync(DeviceChange change, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        await using var transaction = await _parts.Store.BeginAsync(ct);
        await new PinnedDevices().AcceptAsync(transaction, change.UserId, change.DeviceId, change.Identity, ct);
        await transaction.CommitAsync(ct);
    }
}
