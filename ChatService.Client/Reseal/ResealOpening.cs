using System.Text;
using ChatService.Client.CatchUp;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Messages;
using ChatService.Client.Storage;
using ChatService.Contracts;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.Reseal;

/// <summary>
/// Takes wraps that this device has asked for, and puts what they open into the places where something could not be opened.
/// They are tried on the envelope that came at first: another content than everyone else's does not authenticate.
/// </summary>
internal sealed class ResealOpening(Guid ownDevice, EncryptionOptions encryption, ILogger logger)
{
    private readonly MessageOpener _opener = new(ownDevice, encryption);

    /// <summary>Keeps a message that could not be opened, if asking for it may help.</summary>
    public async ValueTask NoteAsync(IChatTransaction transaction, SealedMessage message, EncryptionError reason, Applied applied, CancellationToken ct)
    {
        if (ResealAsks.IsWorthIt(reason))
            applied.HasAsks |= await ResealAsks.NoteAsync(transaction, message, encryption.Time.GetUtcNow().UtcDateTime, ct);
    }

    /// <param name="answer">An opened message with a <see cref="ResealContent"/>, and the device that sealed it.</param>
    public async ValueTask ApplyAsync(IChatTransaction transaction, StoredMessage answer, ResealContent content, Applied applied, CancellationToken ct)
    {
        if (content.Device != ownDevice)
            return;
        foreach (var wrap in content.Wraps.Take(ResealLimits.PerRequest))
        {
            if (await ResealAsks.FindAsync(transaction, answer.ConversationId, wrap.Target, ct) is { Tries: > 0 } ask
                && ask.Message.SenderDeviceId == answer.SenderDeviceId
                && ask.Message.SenderId == answer.SenderId
                && await MessageStore.FindAsync(transaction, answer.ConversationId, ask.Message.Sequence, ct) is { Undecryptable: not null } stored
                && stored.Id == wrap.Target
                && await OpenAsync(transaction, ask, wrap, ct) is { } json)
                await ReplaceAsync(transaction, ask, stored with { Undecryptable = null, Json = json }, applied, ct);
        }
    }

    private async ValueTask<string?> OpenAsync(IChatTransaction transaction, ResealAsk ask, ResealedWrap wrap, CancellationToken ct)
    {
        try
        {
            var opened = await _opener.OpenAsync(
                transaction,
                ask.Message.ConversationId,
                ask.Message.SenderId,
                EnvelopeWriter.Rewrapped(Convert.FromBase64String(ask.Message.EncryptedContent), Convert.FromBase64String(wrap.Wrap)),
                Convert.FromBase64String(ask.Message.Nonce),
                Convert.FromBase64String(ask.Message.AuthTag),
                ct);
            return opened.MessageId == ask.Message.Id && opened.SenderDeviceId == ask.Message.SenderDeviceId ? Encoding.UTF8.GetString(opened.Content) : null;
        }
        catch (Exception e) when (e is EncryptionException or FormatException or ArgumentException)
        {
            Log.CannotOpen(logger, ask.Message.Id, ask.Message.ConversationId, (e as EncryptionException)?.Error.ToString() ?? nameof(EncryptionError.Malformed));
            return null;
        }
    }

    private async ValueTask ReplaceAsync(IChatTransaction transaction, ResealAsk ask, StoredMessage opened, Applied applied, CancellationToken ct)
    {
        await ResealAsks.DeleteAsync(transaction, ask, ct);
        opened = opened with { ExpiresAt = MessageExpiry.Of(opened.Content, opened.CreatedAt, encryption.Time.GetUtcNow().UtcDateTime) };
        if (ControlContent.Is(opened.Content))
        {
            await MessageStore.SaveAsync(transaction, opened, ct);
            applied.Control.Add(opened);
            return;
        }

        await ArrivalLog.AppendAsync(transaction, opened.ConversationId, opened.Sequence, ct);
        await MessageStore.SaveAsync(transaction, opened with { LateArrival = await ArrivalLog.LastAsync(transaction, ct) }, ct);
        applied.Arrivals++;
        applied.Late.Add(opened);
        if (MessageAmendments.TargetOf(opened.Content) is not null)
            applied.Amendments.Add(opened);
    }
}
