using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Storage;

namespace ChatService.Client.Reseal;

/// <summary>
/// For which devices this one sealed a message, and what it takes to wrap it again for one of them. As secret as the message
/// itself, which lies beside it, and gone with it.
/// </summary>
internal static class SentEnvelopes
{
    private const int SecretSize = 64;

    public static ValueTask SaveAsync(
        IChatTransaction transaction, Guid conversationId, Guid messageId, EnvelopeSecret secret, IReadOnlyCollection<RecipientDevice> recipients, CancellationToken ct)
    {
        var value = new byte[SecretSize + (recipients.Count * 16)];
        secret.Seed.CopyTo(value, 0);
        secret.Bind.CopyTo(value, 32);
        var offset = SecretSize;
        foreach (var recipient in recipients)
        {
            recipient.DeviceId.TryWriteBytes(value.AsSpan(offset), bigEndian: true, out _);
            offset += 16;
        }

        return transaction.PutAsync(ClientTables.SentEnvelopes, StoreValues.Key(conversationId, messageId), value, ct);
    }

    /// <summary>Null when this device did not seal the message for that one, or the message is gone.</summary>
    public static async ValueTask<EnvelopeSecret?> FindAsync(
        IChatTransaction transaction, Guid conversationId, Guid messageId, Guid recipientDeviceId, CancellationToken ct)
    {
        if (await transaction.GetAsync(ClientTables.SentEnvelopes, StoreValues.Key(conversationId, messageId), ct) is not { Length: >= SecretSize } value)
            return null;
        for (var offset = SecretSize; offset + 16 <= value.Length; offset += 16)
        {
            if (new Guid(value.AsSpan(offset, 16), bigEndian: true) == recipientDeviceId)
                return new(value[..32], value[32..SecretSize]);
        }

        return null;
    }

    public static ValueTask DeleteAsync(IChatTransaction transaction, Guid conversationId, Guid messageId, CancellationToken ct) =>
        transaction.DeleteAsync(ClientTables.SentEnvelopes, StoreValues.Key(conversationId, messageId), ct);
}
