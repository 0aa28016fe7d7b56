using System.Security.Cryptography;
using System.Text;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Encryption.Trust;
using ChatService.Client.Messages;
using ChatService.Client.Storage;
using ChatService.Contracts;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.CatchUp;

/// <summary>Opens one message within the transaction that saves it. Whatever is wrong with it stays with it.</summary>
internal sealed class MessageOpening(Guid me, Guid ownDevice, EncryptionOptions encryption, ILogger logger)
{
    private readonly MessageOpener _opener = new(ownDevice, encryption);

    /// <returns>Null when the message is not for this device.</returns>
    public async ValueTask<StoredMessage?> OpenAsync(IChatTransaction transaction, SealedMessage message, Applied applied, CancellationToken ct)
    {
        var stored = new StoredMessage(message.Id, message.ConversationId, message.SenderId, message.SenderDeviceId, message.Sequence, message.CreatedAt);
        try
        {
            var content = Convert.FromBase64String(message.EncryptedContent);
            if (IsForAnother(content, message))
                return Undecryptable(stored, EncryptionError.Tampered);
            var opened = await _opener.OpenAsync(
                transaction,
                message.ConversationId,
                message.SenderId,
                content,
                Convert.FromBase64String(message.Nonce),
                Convert.FromBase64String(message.AuthTag),
                ct);
            if (opened.IsFirstUse)
                await NoteNewDeviceAsync(transaction, opened, applied, ct);
            stored = stored with { Json = Encoding.UTF8.GetString(opened.Content) };
            return stored with { ExpiresAt = MessageExpiry.Of(stored.Content, stored.CreatedAt, encryption.Time.GetUtcNow().UtcDateTime) };
        }
        catch (EncryptionException e) when (e.Error == EncryptionError.NotForThisDevice)
        {
            return null;
        }
        catch (EncryptionException e)
        {
            return Undecryptable(stored, e.Error);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or CryptographicException or InvalidOperationException)
        {
            return Undecryptable(stored, EncryptionError.Malformed);
        }
    }

    /// <summary>Before any ratchet moves: the envelope names another message or device than the server does. One that cannot be read is the opener's to refuse.</summary>
    private static bool IsForAnother(ReadOnlySpan<byte> content, SealedMessage message) =>
        EnvelopeHeader.TryParse(content, out var header) && (header.MessageId != message.Id || header.SenderDeviceId != message.SenderDeviceId);

    private StoredMessage Undecryptable(StoredMessage message, EncryptionError reason)
    {
        Log.CannotOpen(logger, message.Id, message.ConversationId, reason.ToString());
        return message with { Undecryptable = reason };
    }

    /// <summary>A contact's first device ever is the contact; any further one, and any of one's own, is a change to be shown.</summary>
    private async ValueTask NoteNewDeviceAsync(IChatTransaction transaction, OpenedMessage opened, Applied applied, CancellationToken ct)
    {
        if (opened.SenderUserId == me || (await PinnedDevices.ListAsync(transaction, opened.SenderUserId, ct)).Count > 1)
            applied.DeviceChanges.Add(new(DeviceChangeKind.Added, opened.SenderUserId, opened.SenderDeviceId, opened.SenderIdentity));
    }
}
