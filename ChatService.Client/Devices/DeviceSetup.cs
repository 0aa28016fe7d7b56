using ChatService.Client.Api;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Devices;

/// <summary>
/// Makes the store's device: keys first, durably, then the registration, which may be repeated until it is confirmed.
/// </summary>
internal sealed class DeviceSetup(IChatStore store, ChatApi api, DeviceKeys keys, string server, string deviceName)
{
    private const string Own = "own";

    /// <summary>Who the store belongs to, or null when it is new.</summary>
    public static async Task<DeviceRecord?> FindAsync(IChatStore store, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        return await transaction.GetJsonAsync(ClientTables.Device, Own, ClientJson.Default.DeviceRecord, ct);
    }

    /// <exception cref="ChatException"><see cref="ClientErrorCodes.WrongAccount"/>, or what the server refuses.</exception>
    public async Task<DeviceRecord> EnsureAsync(CancellationToken ct)
    {
        var record = await FindAsync(store, ct);
        var me = await api.MeAsync(ct);
        if (record is not null && record.Server != server)
            throw new ChatException(ClientErrorCodes.WrongAccount, $"This store belongs to {record.Server}. Use another one for {server}.");
        if (record is not null && record.User.Id != me.Id)
            throw new ChatException(ClientErrorCodes.WrongAccount, $"This store belongs to @{record.User.Handle}. Use another one for @{me.Handle}.");

        if (record is null)
            record = await CreateAsync(me, null, ct);
        else if (record.PendingRegistration is null && await IsRetiredAsync(record.DeviceId, ct))
            record = await CreateAsync(me, record.DeviceId, ct);
        return record.PendingRegistration is null ? record : await RegisterAsync(record, record.PendingRegistration, ct);
    }

    /// <summary>The application has been told.</summary>
    public static async Task ForgetReplacedAsync(IChatStore store, DeviceRecord record, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        await SaveAsync(transaction, record with { Replaced = null }, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Anything else that is wrong with it, connecting will tell.</summary>
    private async Task<bool> IsRetiredAsync(Guid deviceId, CancellationToken ct)
    {
        try
        {
            await api.KeyCountAsync(deviceId, ct);
            return false;
        }
        catch (ChatException e)
        {
            return e.Code == ErrorCodes.DeviceRetired;
        }
    }

    private async Task<DeviceRecord> CreateAsync(UserProfile me, Guid? retired, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        if (retired is not null)
            await DeviceReplacement.ClearAsync(transaction, ct);
        var publicKeys = await keys.CreateAsync(transaction, ct);
        var record = new DeviceRecord(server, me, Guid.CreateVersion7()) { PendingRegistration = publicKeys.ToRegistration(deviceName), Replaced = retired };
        await SaveAsync(transaction, record, ct);
        await transaction.CommitAsync(ct);
        return record;
    }

    private async Task<DeviceRecord> RegisterAsync(DeviceRecord record, RegisterDeviceRequest request, CancellationToken ct)
    {
        var response = await api.RegisterDeviceAsync(record.DeviceId, request, ct);
        await using var transaction = await store.BeginAsync(ct);
        foreach (var position in response.Positions)
            await transaction.PutNumberAsync(ClientTables.Positions, StoreValues.Key(position.ConversationId), position.Sequence, ct);
        record = record with { PendingRegistration = null };
        await SaveAsync(transaction, record, ct);
        await transaction.CommitAsync(ct);
        return record;
    }

    private static ValueTask SaveAsync(IChatTransaction transaction, DeviceRecord record, CancellationToken ct) =>
        transaction.PutJsonAsync(ClientTables.Device, Own, record, ClientJson.Default.DeviceRecord, ct);
}
