using ChatService.Client.Encryption.Keys;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Tests.Api;

/// <summary>A device's keys, made by the SDK, and what it uploads of them.</summary>
internal sealed class ApiDevice
{
    private readonly InMemoryChatStore _store;
    private readonly DeviceKeys _keys = new();
    private PublicDeviceKeys _public = null!;

    private ApiDevice(InMemoryChatStore store) => _store = store;

    public Guid Id { get; } = Guid.CreateVersion7();

    public PublicDeviceKeys Public => _public;

    public RegisterDeviceRequest Registration => new(
        "Test device",
        Convert.ToBase64String(_public.Identity.ToPublicKey()),
        Upload(_public.SignedPreKey),
        Upload(_public.KemPreKey),
        [.. _public.OneTimePreKeys.Select(Upload)]);

    public static async Task<ApiDevice> CreateAsync(int oneTimePreKeys = 2)
    {
        var device = new ApiDevice(new InMemoryChatStore());
        await using var transaction = await device._store.BeginAsync();
        device._public = await device._keys.CreateAsync(
            transaction, new PreKeyStarts(10, 20, 30), oneTimePreKeys, CancellationToken.None);
        await transaction.CommitAsync();
        return device;
    }

    public static async Task<ApiDevice> RegisterAsync(ApiUser user, int oneTimePreKeys = 2)
    {
        var device = await CreateAsync(oneTimePreKeys);
        await user.CallAsync<RegisterDeviceResponse>(HttpMethod.Put, Routes.Device(device.Id), device.Registration);
        return device;
    }

    public async Task<ReplacePreKeysRequest> RotateAsync()
    {
        await using var transaction = await _store.BeginAsync();
        _public = await _keys.RotateAsync(transaction);
        await transaction.CommitAsync();
        return new ReplacePreKeysRequest(Upload(_public.SignedPreKey), Upload(_public.KemPreKey));
    }

    /// <summary>New one-time prekeys for a server that has none left.</summary>
    public async Task<AddOneTimePreKeysRequest> TopUpAsync()
    {
        await using var transaction = await _store.BeginAsync();
        var added = await _keys.TopUpAsync(transaction, remaining: 0);
        await transaction.CommitAsync();
        return new AddOneTimePreKeysRequest([.. added.Select(Upload)]);
    }

    private static SignedPreKeyUpload Upload(SignedPublicPreKey key) =>
        new(key.Id, Convert.ToBase64String(key.PublicKey), Convert.ToBase64String(key.Signature));

    private static OneTimePreKeyUpload Upload(PublicPreKey key) => new(key.Id, Convert.ToBase64String(key.PublicKey));
}
