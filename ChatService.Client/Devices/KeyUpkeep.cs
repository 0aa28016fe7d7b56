using ChatService.Client.Api;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Storage;
using ChatService.Contracts;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.Devices;

/// <summary>
/// Keeps the server's copy of this device's keys right: what it has is what we have, the signed prekey is replaced weekly, and
/// one-time prekeys never run out (protocol section 1). Private halves that nobody can need any more are deleted, online or not.
/// </summary>
internal sealed class KeyUpkeep(IChatStore store, ChatApi api, DeviceKeys keys, Guid deviceId, TimeProvider time) : IDisposable
{
    /// <summary>Between two looks at the keys while the client runs; up to a quarter longer, so that devices do not come all at once.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(6);

    private static readonly TimeSpan TopUpJitter = TimeSpan.FromSeconds(30);

    /// <summary>A key younger than this was made because of what the server asks for now.</summary>
    private static readonly TimeSpan JustMade = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>For a client that stays connected for weeks. What fails is tried again at the next look.</summary>
    public async Task RunAsync(ILogger logger, CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(LookEvery * (1 + (Random.Shared.NextDouble() / 4)), time, ct);
            try
            {
                await CheckAsync(ct);
            }
#pragma warning disable CA1031 // Nothing depends on it now, and whatever is final shows at the next connect.
            catch (Exception e) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.BackgroundFailed(logger, "Looking after the keys", e);
            }
        }
    }

    /// <summary>At every connect, and from time to time.</summary>
    /// <exception cref="ChatException"><see cref="ErrorCodes.DeviceUnknown"/>: the device was removed; <see cref="ErrorCodes.DeviceRetired"/>.</exception>
    public Task CheckAsync(CancellationToken ct) => InTurnAsync(
        async () =>
        {
            await DeleteExpiredAsync(ct);
            var count = await api.KeyCountAsync(deviceId, ct);
            if (await IsRotationDueAsync(ct))
                await ReplaceAsync(await RotateLocallyAsync(ct), ct);
            else
                await RepairAsync(await OwnKeysAsync(ct), ct);
            await AddAsync(count.OneTimePreKeys, ct);
        },
        ct);

    /// <summary>The server asks for a new signed prekey: perhaps because it never got the one that was made.</summary>
    public Task RotateAsync(CancellationToken ct) => InTurnAsync(
        async () =>
        {
            var own = await OwnKeysAsync(ct);
            if (!await IsRotationDueAsync(ct) && (await RepairAsync(own, ct) || time.GetUtcNow() - own.SignedPreKey.CreatedAt < JustMade))
                return;
            await ReplaceAsync(await RotateLocallyAsync(ct), ct);
        },
        ct);

    /// <summary>The server says that the pool runs dry. A random pause keeps the refill from telling when the device was used.</summary>
    public async Task TopUpAsync(CancellationToken ct)
    {
        await Task.Delay(TopUpJitter * Random.Shared.NextDouble(), time, ct);
        await InTurnAsync(async () => await AddAsync((await api.KeyCountAsync(deviceId, ct)).OneTimePreKeys, ct), ct);
    }

    public void Dispose() => _turn.Dispose();

    private async Task InTurnAsync(Func<Task> work, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>An upload that was lost is made good by uploading the same keys again. False: the server has them.</summary>
    private async Task<bool> RepairAsync(PublicDeviceKeys own, CancellationToken ct)
    {
        if ((await api.CheckKeysAsync(deviceId, own.ToCheck(), ct)).Matches)
            return false;
        await ReplaceAsync(own, ct);
        return true;
    }

    private Task ReplaceAsync(PublicDeviceKeys own, CancellationToken ct) => api.ReplacePreKeysAsync(deviceId, own.ToReplacement(), ct);

    private async Task AddAsync(int remaining, CancellationToken ct)
    {
        if (remaining >= Limits.OneTimePreKeysLow)
            return;
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

    private async Task DeleteExpiredAsync(CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        if (await keys.DeleteExpiredAsync(transaction, ct) > 0)
            await transaction.CommitAsync(ct);
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
