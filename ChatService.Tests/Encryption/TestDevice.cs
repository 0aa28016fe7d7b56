using System.Text;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Storage;

namespace ChatService.Tests.Encryption;

/// <summary>A device with its store, and what a server would hold of its keys.</summary>
internal sealed class TestDevice
{
    private readonly EncryptionOptions _options;
    private readonly Queue<PublicPreKey> _oneTimePreKeys = [];

    private TestDevice(TimeProvider? time)
    {
        _options = new() { Time = time ?? TimeProvider.System };
        Keys = new DeviceKeys(time: time);
    }

    public Guid UserId { get; private init; } = Guid.CreateVersion7();
    public Guid DeviceId { get; } = Guid.CreateVersion7();
    public InMemoryChatStore Store { get; } = new();
    public DeviceKeys Keys { get; }
    public PublicDeviceKeys Published { get; set; } = null!;
    public RecipientDevice AsRecipient => new(UserId, DeviceId);
    public MessageSealer Sealer => new(DeviceId, _options);
    public MessageOpener Opener => new(DeviceId, _options);

    public static async Task<TestDevice> CreateAsync(int oneTimePreKeys = 1, TimeProvider? time = null, Guid? userId = null)
    {
        var device = new TestDevice(time) { UserId = userId ?? Guid.CreateVersion7() };
        await using var transaction = await device.Store.BeginAsync();
        device.Published = await device.Keys.CreateAsync(transaction, new(1, 1, 1), oneTimePreKeys, default);
        foreach (var key in device.Published.OneTimePreKeys)
            device._oneTimePreKeys.Enqueue(key);
        await transaction.CommitAsync();
        return device;
    }

    /// <summary>With the next one-time prekey, while there is one.</summary>
    public PreKeyBundle Bundle()
    {
        var oneTime = _oneTimePreKeys.TryDequeue(out var key) ? key : null;
        return new()
        {
            DeviceId = DeviceId,
            IdentityPublicKey = Published.Identity.ToPublicKey(),
            SignedPreKeyId = Published.SignedPreKey.Id,
            SignedPreKey = Published.SignedPreKey.PublicKey,
            SignedPreKeySignature = Published.SignedPreKey.Signature,
            KemPreKeyId = Published.KemPreKey.Id,
            KemPreKey = Published.KemPreKey.PublicKey,
            KemPreKeySignature = Published.KemPreKey.Signature,
            OneTimePreKeyId = oneTime?.Id,
            OneTimePreKey = oneTime?.PublicKey,
        };
    }

    /// <summary>Seals for the recipients, fetching bundles where they are needed, and commits unless told to crash.</summary>
    public async Task<TestEnvelope> SealAsync(Guid conversationId, string text, IReadOnlyCollection<TestDevice> recipients, Guid? messageId = null, bool commit = true)
    {
        var id = messageId ?? Guid.CreateVersion7();
        await using var transaction = await Store.BeginAsync();
        var missing = await MessageSealer.FindDevicesWithoutSessionAsync(transaction, recipients.Select(recipient => recipient.DeviceId));
        PreKeyBundle[] bundles = [.. recipients.Where(recipient => missing.Contains(recipient.DeviceId)).Select(recipient => recipient.Bundle())];
        var envelope = await Sealer.SealAsync(
            transaction, conversationId, id, Encoding.UTF8.GetBytes(text), [.. recipients.Select(recipient => recipient.AsRecipient)], bundles);
        if (commit)
            await transaction.CommitAsync();
        return new(conversationId, UserId, DeviceId, id, envelope);
    }

    /// <summary>Opens and commits unless told to crash.</summary>
    public async Task<string> OpenAsync(TestEnvelope sent, bool commit = true)
    {
        await using var transaction = await Store.BeginAsync();
        var opened = await OpenAsync(transaction, sent);
        if (commit)
            await transaction.CommitAsync();
        return Encoding.UTF8.GetString(opened.Content);
    }

    public ValueTask<OpenedMessage> OpenAsync(IChatTransaction transaction, TestEnvelope sent) =>
        Opener.OpenAsync(transaction, sent.ConversationId, sent.SenderUserId, sent.Sealed.EncryptedContent, sent.Sealed.Nonce, sent.Sealed.AuthTag);

    /// <summary>The code of the refusal; fails when the envelope opens, or when the refusal has changed anything in the store.</summary>
    public async Task<EncryptionError> RefusalAsync(TestEnvelope sent)
    {
        var before = Store.Tables;
        await using var transaction = await Store.BeginAsync();
        var refusal = await Assert.ThrowsAsync<EncryptionException>(async () => await OpenAsync(transaction, sent));
        await transaction.CommitAsync();
        Assert.Same(before, Store.Tables);
        return refusal.Error;
    }
}
