using System.Text;
using ChatService.Client.Api;
using ChatService.Client.Conversations;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Messages;
using ChatService.Client.Reseal;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Outbox;

/// <summary>Seals an entry for the conversation's devices, and saves the envelope with the ratchets that moved for it.</summary>
internal sealed class OutboxSealer(IChatStore store, ChatApi api, DeliveryLists lists, Guid ownDevice, EncryptionOptions encryption)
{
    private readonly MessageSealer _sealer = new(ownDevice, encryption);

    /// <summary>The entry's envelope: the one it already has, or a new one.</summary>
    public async Task<SealedPayload> SealAsync(OutboxEntry entry, CancellationToken ct)
    {
        await using (var transaction = await store.BeginAsync(ct))
        {
            if (await OutboxStore.FindSealedAsync(transaction, entry.Id, ct) is { } payload)
                return payload;
        }

        var recipients = await RecipientsAsync(entry.ConversationId, entry.ForAssistant || ContentJson.IsPrompt(entry.Json), ct);
        var bundles = await BundlesAsync(recipients, entry.FreshSessionWith, ct);
        return await SealAsync(entry, recipients, bundles, ct);
    }

    /// <summary>Seals what is not a message and is sent at most once.</summary>
    public async Task<SealedPayload> SealAsync(Guid conversationId, Guid id, string json, bool toAssistant, CancellationToken ct)
    {
        var recipients = await RecipientsAsync(conversationId, toAssistant, ct);
        var bundles = await BundlesAsync(recipients, null, ct);
        await using var transaction = await store.BeginAsync(ct);
        var envelope = await _sealer.SealAsync(transaction, conversationId, id, Encoding.UTF8.GetBytes(json), recipients, bundles, ct);
        await transaction.CommitAsync(ct);
        return ToPayload(envelope);
    }

    /// <summary>The envelope was refused for its devices and nothing was stored: the next one is for a new list.</summary>
    public async Task DiscardAsync(OutboxEntry entry, CancellationToken ct)
    {
        lists.Drop(entry.ConversationId);
        await using var transaction = await store.BeginAsync(ct);
        await OutboxStore.DeleteSealedAsync(transaction, entry.Id, ct);
        await transaction.CommitAsync(ct);
    }

    private async Task<SealedPayload> SealAsync(
        OutboxEntry entry, RecipientDevice[] recipients, IReadOnlyCollection<PreKeyBundle> bundles, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        if (await OutboxStore.FindAsync(transaction, entry.ConversationId, entry.Id, ct) is null)
            throw new ChatException(ErrorCodes.NotFound, "The message was forgotten with its conversation.");
        Guid[] fresh = entry.FreshSessionWith is { } device && bundles.Any(bundle => bundle.DeviceId == device) ? [device] : [];
        var (envelope, secret) = await _sealer.SealAsync(
            transaction, entry.ConversationId, entry.Id, Encoding.UTF8.GetBytes(entry.Json), recipients, bundles, fresh, ct);
        await SentEnvelopes.SaveAsync(transaction, entry.ConversationId, entry.Id, secret, recipients, ct);
        var payload = ToPayload(envelope);
        await OutboxStore.SaveSealedAsync(transaction, entry.Id, payload, ct);
        await transaction.CommitAsync(ct);
        return payload;
    }

    private static SealedPayload ToPayload(SealedEnvelope envelope) => new(
        Convert.ToBase64String(envelope.EncryptedContent), Convert.ToBase64String(envelope.Nonce), Convert.ToBase64String(envelope.AuthTag));

    private async Task<RecipientDevice[]> RecipientsAsync(Guid conversationId, bool toAssistant, CancellationToken ct)
    {
        var list = await lists.GetAsync(conversationId, ct);
        return [.. list.Devices
            .Where(device => device.DeviceId != ownDevice && (toAssistant || !device.IsAssistant))
            .Select(device => new RecipientDevice(device.UserId, device.DeviceId))];
    }

    private async Task<IReadOnlyCollection<PreKeyBundle>> BundlesAsync(RecipientDevice[] recipients, Guid? fresh, CancellationToken ct)
    {
        IReadOnlyList<Guid> missing;
        await using (var transaction = await store.BeginAsync(ct))
            missing = await MessageSealer.FindDevicesWithoutSessionAsync(transaction, recipients.Select(recipient => recipient.DeviceId), ct);

        List<PreKeyBundle> bundles = [];
        foreach (var userId in recipients.Where(recipient => missing.Contains(recipient.DeviceId) || recipient.DeviceId == fresh).Select(recipient => recipient.UserId).Distinct())
            bundles.AddRange((await api.UserKeysAsync(userId, ownDevice, ct)).Select(ToBundle));
        return bundles;
    }

    private static PreKeyBundle ToBundle(KeyBundle bundle)
    {
        try
        {
            return new()
            {
                DeviceId = bundle.DeviceId,
                IdentityPublicKey = Convert.FromBase64String(bundle.IdentityPublicKey),
                SignedPreKeyId = bundle.SignedPreKeyId,
                SignedPreKey = Convert.FromBase64String(bundle.SignedPreKey),
                SignedPreKeySignature = Convert.FromBase64String(bundle.SignedPreKeySignature),
                KemPreKeyId = bundle.KemPreKeyId,
                KemPreKey = Convert.FromBase64String(bundle.KemPreKey),
                KemPreKeySignature = Convert.FromBase64String(bundle.KemPreKeySignature),
                OneTimePreKeyId = bundle.OneTimePreKeyId,
                OneTimePreKey = bundle.OneTimePreKey is null ? null : Convert.FromBase64String(bundle.OneTimePreKey),
            };
        }
        catch (FormatException e)
        {
            throw new EncryptionException(EncryptionError.UntrustedBundle, $"The key bundle of device {bundle.DeviceId} is not base64.", e) { DeviceIds = [bundle.DeviceId] };
        }
    }
}
