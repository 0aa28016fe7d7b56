using ChatService.Client.Encryption.Keys;
using ChatService.Client.Encryption.Sessions;
using ChatService.Client.Storage;

namespace ChatService.Client.Encryption.Trust;

/// <summary>
/// Who is behind which device, pinned on first use (protocol §6). A device belongs to one user and has one identity; any other claim is refused
/// with <see cref="EncryptionError.IdentityChanged"/> until a person accepts it.
/// </summary>
public sealed class PinnedDevices(TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public static async ValueTask<PinnedDevice?> FindAsync(IChatTransaction transaction, Guid deviceId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (await transaction.GetAsync(StoreTables.DeviceOwners, Key(deviceId), ct) is not { Length: 16 } owner)
            return null;
        var state = await transaction.GetAsync(StoreTables.PinnedDevices, Key(new Guid(owner, bigEndian: true), deviceId), ct);
        return state is null ? null : PinnedDevice.Read(state);
    }

    /// <summary>All that were ever seen of a user, active or not.</summary>
    public static async ValueTask<IReadOnlyList<PinnedDevice>> ListAsync(IChatTransaction transaction, Guid userId, CancellationToken ct = default)
    {
        var entries = await transaction.ListPrefixAsync(StoreTables.PinnedDevices, Key(userId) + "/", ct);
        return [.. entries.Select(entry => PinnedDevice.Read(entry.Value))];
    }

    /// <summary>Pins a device when it is new (true), and checks it against its pin when it is not (false).</summary>
    /// <exception cref="EncryptionException"><see cref="EncryptionError.IdentityChanged"/></exception>
    public async ValueTask<bool> PinAsync(IChatTransaction transaction, Guid userId, Guid deviceId, DeviceIdentity identity, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        if (await FindAsync(transaction, deviceId, ct) is { } pin)
        {
            if (pin.UserId != userId || !pin.Identity.Equals(identity))
                throw IdentityChanged(deviceId);
            return false;
        }

        await SaveAsync(transaction, new() { UserId = userId, DeviceId = deviceId, Identity = identity, FirstSeenAt = _time.GetUtcNow() }, ct);
        return true;
    }

    /// <summary>Compares a user's device list with the pins: pins what is new, marks what is gone, and tells every difference.</summary>
    public async ValueTask<IReadOnlyList<DeviceChange>> UpdateAsync(
        IChatTransaction transaction, Guid userId, IReadOnlyCollection<ListedDevice> listed, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(listed);
        List<DeviceChange> changes = [];
        foreach (var device in listed)
        {
            var pin = await FindAsync(transaction, device.DeviceId, ct);
            if (pin is null)
            {
                await PinAsync(transaction, userId, device.DeviceId, device.Identity, ct);
                changes.Add(new(DeviceChangeKind.Added, userId, device.DeviceId, device.Identity));
            }
            else if (pin.UserId != userId || !pin.Identity.Equals(device.Identity))
            {
                changes.Add(new(DeviceChangeKind.IdentityChanged, userId, device.DeviceId, device.Identity));
            }
            else if (!pin.IsActive)
            {
                await SaveAsync(transaction, pin with { IsActive = true, IsConfirmed = false }, ct);
                changes.Add(new(DeviceChangeKind.Returned, userId, device.DeviceId, device.Identity));
            }
        }

        var present = listed.Select(device => device.DeviceId).ToHashSet();
        foreach (var pin in await ListAsync(transaction, userId, ct))
        {
            if (!pin.IsActive || present.Contains(pin.DeviceId))
                continue;
            await SaveAsync(transaction, pin with { IsActive = false }, ct);
            changes.Add(new(DeviceChangeKind.Removed, userId, pin.DeviceId, pin.Identity));
        }

        return changes;
    }

    /// <summary>A person accepts a device as it is now: the new identity is pinned and confirmed, and sessions with the old one are forgotten.</summary>
    public async ValueTask AcceptAsync(IChatTransaction transaction, Guid userId, Guid deviceId, DeviceIdentity identity, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var pin = await FindAsync(transaction, deviceId, ct);
        if (pin is not null && (pin.UserId != userId || !pin.Identity.Equals(identity)))
        {
            await transaction.DeleteAsync(StoreTables.PinnedDevices, Key(pin.UserId, deviceId), ct);
            await new SessionStore(transaction).DeleteAllAsync(deviceId, ct);
            pin = null;
        }

        pin ??= new() { UserId = userId, DeviceId = deviceId, Identity = identity, FirstSeenAt = _time.GetUtcNow() };
        await SaveAsync(transaction, pin with { IsActive = true, IsConfirmed = true }, ct);
    }

    /// <summary>The safety numbers have been compared (see <see cref="VerifiedSafetyNumber"/>): confirms the user's active devices and asks for a confirmation of every later one.</summary>
    internal static async ValueTask MarkVerifiedAsync(IChatTransaction transaction, Guid userId, CancellationToken ct = default)
    {
        foreach (var pin in await ListAsync(transaction, userId, ct))
        {
            if (pin is { IsActive: true, IsConfirmed: false })
                await SaveAsync(transaction, pin with { IsConfirmed = true }, ct);
        }

        await transaction.PutAsync(StoreTables.VerifiedContacts, Key(userId), ReadOnlyMemory<byte>.Empty, ct);
    }

    public static ValueTask MarkUnverifiedAsync(IChatTransaction transaction, Guid userId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.DeleteAsync(StoreTables.VerifiedContacts, Key(userId), ct);
    }

    public static async ValueTask<bool> IsVerifiedAsync(IChatTransaction transaction, Guid userId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return await transaction.GetAsync(StoreTables.VerifiedContacts, Key(userId), ct) is not null;
    }

    internal static EncryptionException IdentityChanged(Guid deviceId) =>
        new(EncryptionError.IdentityChanged, $"Device {deviceId} has another identity than before. Compare safety numbers, then accept it.") { DeviceIds = [deviceId] };

    private static async ValueTask SaveAsync(IChatTransaction transaction, PinnedDevice pin, CancellationToken ct)
    {
        using var writer = pin.Write();
        await transaction.PutAsync(StoreTables.PinnedDevices, Key(pin.UserId, pin.DeviceId), writer.Written, ct);
        await transaction.PutAsync(StoreTables.DeviceOwners, Key(pin.DeviceId), pin.UserId.ToByteArray(bigEndian: true), ct);
    }

    private static string Key(Guid id) => id.ToString("N");

    private static string Key(Guid userId, Guid deviceId) => $"{userId:N}/{deviceId:N}";
}
