using ChatService.Client.Api;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Devices;

/// <summary>
/// Notices which devices of this user came and went, whoever did it: compared with what this device last saw of them, so that
/// nothing that happened while it was away goes by unnoticed.
/// </summary>
internal sealed class OwnDevices(IChatStore store, ChatApi api, Guid ownDevice, ChatEvents events) : IDisposable
{
    private const string Seen = "own-seen";

    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task CompareAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var current = await api.DevicesAsync(ct);
            var before = await ReplaceAsync(current, ct);
            if (before is null)
                return;
            foreach (var device in current.Where(device => device.Id != ownDevice && before.All(known => known.Id != device.Id)))
                events.RaiseOwnDeviceAdded(device);
            foreach (var device in before.Where(device => device.Id != ownDevice && current.All(known => known.Id != device.Id)))
                events.RaiseOwnDeviceRemoved(device);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>What was seen before; null: this is the first look.</summary>
    private async Task<IReadOnlyList<DeviceInfo>?> ReplaceAsync(IReadOnlyList<DeviceInfo> current, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        var before = await transaction.GetJsonAsync(ClientTables.Device, Seen, ClientJson.Default.IReadOnlyListDeviceInfo, ct);
        await transaction.PutJsonAsync(ClientTables.Device, Seen, current, ClientJson.Default.IReadOnlyListDeviceInfo, ct);
        await transaction.CommitAsync(ct);
        return before;
    }
}
