using ChatService.Client.Encryption.Keys;
using ChatService.Client.Encryption.Primitives;
using ChatService.Client.Encryption.Sessions;
using ChatService.Client.Encryption.Trust;
using ChatService.Client.Storage;

namespace ChatService.Client.Encryption.Envelopes;

/// <summary>
/// Opens messages for one device (protocol §5). Nothing is written to the transaction before all of it has authenticated; commit it together with
/// the decrypted message, since the key that opened it is gone then. Look first whether the message id is stored already: a message opens once.
/// </summary>
public sealed class MessageOpener(Guid ownDeviceId, EncryptionOptions? options = null)
{
    private readonly EncryptionOptions _options = options ?? EncryptionOptions.Default;

    /// <param name="senderUserId">Whom the server names as the sender: refused when the sending device was pinned as another user's.</param>
    /// <param name="authTag">16 bytes; null when they are the last 16 of <paramref name="encryptedContent"/>.</param>
    /// <exception cref="EncryptionException">Any code but those about bundles and sending.</exception>
    public async ValueTask<OpenedMessage> OpenAsync(
        IChatTransaction transaction,
        Guid conversationId,
        Guid senderUserId,
        ReadOnlyMemory<byte> encryptedContent,
        ReadOnlyMemory<byte> nonce,
        ReadOnlyMemory<byte>? authTag = null,
        CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (authTag is null && encryptedContent.Length >= AesGcmSizes.Tag)
            (encryptedContent, authTag) = (encryptedContent[..^AesGcmSizes.Tag], encryptedContent[^AesGcmSizes.Tag..]);
        if (nonce.Length != AesGcmSizes.Nonce || authTag is not { Length: AesGcmSizes.Tag } tag)
            throw EncryptionException.Malformed("envelope");

        var envelope = Envelope.Parse(encryptedContent);
        var wrap = envelope.WrapFor(ownDeviceId);
        var pin = await PinnedDevices.FindAsync(transaction, envelope.SenderDeviceId, ct);
        if (pin is not null && (pin.UserId != senderUserId || (wrap.PreKeyHeader is { } header && !header.Initiator.Equals(pin.Identity))))
            throw PinnedDevices.IdentityChanged(envelope.SenderDeviceId);

        var attempt = new OpeningAttempt(_options, conversationId, envelope, wrap, nonce, tag);
        var sessions = new SessionOpening(transaction, attempt);
        var (content, peer) = await sessions.OpenAsync(pin, ct);
        var isFirstUse = await new PinnedDevices(_options.Time).PinAsync(transaction, senderUserId, envelope.SenderDeviceId, peer, ct);
        return new()
        {
            Content = content,
            MessageId = envelope.MessageId,
            SenderUserId = senderUserId,
            SenderDeviceId = envelope.SenderDeviceId,
            SenderIdentity = peer,
            IsFirstUse = isFirstUse,
        };
    }
}
