using ChatService.Client.Api;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Devices;

/// <summary>
/// Keeps the server's copy of this device's keys right: what it has is what we have, the signed prekey is replaced weekly, and
/// one-time prekeys never run out (protocol section 1).
/// </summary>
internal sealed class KeyUpkeep(IChatStore store, ChatApi api, DeviceKeys keys, Guid deviceId, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan TopUpJitter = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>At every connect.</summary>
    /// <exception cref="ChatException"><see cref="ErrorCodes.DeviceUnknown"/>: the device was removed.</exception>
    public async Task CheckAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var count = await api.KeyCountAsync(deviceId, ct);
            if (await IsRotationDueAsync(ct))
                await ReplaceAsync(await RotateLocallyAsync(ct), ct);
            else
                await RepairAsync(ct);
            if (count.OneTimePreKeys < Limits.OneTimePreKeysLow)
                await AddAsync(count.OneTimePreKeys, ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The server asks for a new signed prekey.</summary>
    public async Task RotateAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            await ReplaceAsync(await RotateLocallyAsync(ct), ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The server says that the pool runs dry. A random pause keeps the refill from telling when the device was used.</summary>
    public async Task TopUpAsync(CancellationToken ct)
    {
        await Task.Delay(TopUpJitter * Random.Shared.NextDouble(), time, ct);
        await _turn.WaitAsync(ct);
        try
        {
            var count = await api.KeyCountAsync(deviceId, ct);
            if (count.OneTimePreKeys < Limits.OneTimePreKeysLow)
                await AddAsync(count.OneTimePreKeys, ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>An upload that was lost is made good by uploading the same keys again.</summary>
    private async Task RepairAsync(CancellationToken ct)
    {
        var own = await OwnKeysAsync(ct);
        if (!(await api.CheckKeysAsync(deviceId, own.ToCheck(), ct)).Matches)
            await ReplaceAsync(own, ct);
    }

    private Task ReplaceAsync(PublicDeviceKeys own, CancellationToken ct) => api.ReplacePreKeysAsync(deviceId, own.ToReplacement(), ct);

    private async Task AddAsync(int remaining, CancellationToken ct)
    {
        IReadOnlyList<PublicPreKey> added;
        await using (var transaction = await store.BeginAsync(ct))
        {
            added = await keys.TopUpAsync(transaction, remaining, ct);
            await transaction.CommitAsync(ct);
        }

        if (added.Count > 0)
            await api.AddOneTimePreKeysAsync(deviceId, new(KeyUploads.ToUploads(added)), ct);
    }

    private async Task<bool> IsRotationDueAsync(CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        return await keys.IsRotationDueAsync(transaction, ct);
    }

    private async Task<PublicDeviceKeys> OwnKeysAsync(CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        return await DeviceKeys.GetPublicKeysAsync(transaction, ct);
    }

    private async Task<PublicDeviceKeys> RotateLocallyAsync(CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        var rotated = await keys.RotateAsync(transaction, ct);
        await transaction.CommitAsync(ct);
        return rotated;
    }
}
