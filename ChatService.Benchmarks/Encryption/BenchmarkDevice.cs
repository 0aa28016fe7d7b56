using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Storage;

namespace ChatService.Benchmarks.Encryption;

/// <summary>A device with its keys in memory.</summary>
internal sealed class BenchmarkDevice
{
    private readonly PublicDeviceKeys _published;
    private int _nextOneTimePreKey;

    private BenchmarkDevice(InMemoryChatStore store, PublicDeviceKeys published) => (Store, _published) = (store, published);

    public InMemoryChatStore Store { get; }
    public Guid UserId { get; } = Guid.CreateVersion7();
    public Guid DeviceId { get; } = Guid.CreateVersion7();
    public RecipientDevice AsRecipient => new(UserId, DeviceId);
    public MessageSealer Sealer => new(DeviceId);
    public MessageOpener Opener => new(DeviceId);

    public static async Task<BenchmarkDevice> CreateAsync()
    {
        var store = new InMemoryChatStore();
        await using var transaction = await store.BeginAsync();
        var published = await new DeviceKeys().CreateAsync(transaction);
        await transaction.CommitAsync();
        return new(store, published);
    }

    public PreKeyBundle Bundle()
    {
        var oneTime = _nextOneTimePreKey < _published.OneTimePreKeys.Count ? _published.OneTimePreKeys[_nextOneTimePreKey++] : null;
        return new()
        {
            DeviceId = DeviceId,
            IdentityPublicKey = _published.Identity.ToPublicKey(),
            SignedPreKeyId = _published.SignedPreKey.Id,
            SignedPreKey = _published.SignedPreKey.PublicKey,
            SignedPreKeySignature = _published.SignedPreKey.Signature,
            KemPreKeyId = _published.KemPreKey.Id,
            KemPreKey = _published.KemPreKey.PublicKey,
            KemPreKeySignature = _published.KemPreKey.Signature,
            OneTimePreKeyId = oneTime?.Id,
            OneTimePreKey = oneTime?.PublicKey,
        };
    }
}
