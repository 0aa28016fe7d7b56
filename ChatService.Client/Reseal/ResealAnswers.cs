using System.Threading.Channels;
using ChatService.Client.Conversations;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Messages;
using ChatService.Client.Outbox;
using ChatService.Client.Storage;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.Reseal;

/// <summary>
/// Wraps messages again for devices that ask. Only what this very device sealed, for the very device that asks, and still
/// has; only while that device is on the conversation's list; and only so often. What is handed out is a wrap of the
/// original envelope, so the asking device can be given nothing but what everyone else was given.
/// </summary>
internal sealed class ResealAnswers(
    IChatStore store, MessageOutbox outbox, DeliveryLists lists, Guid ownDevice, EncryptionOptions encryption, ILogger logger)
{
    private readonly MessageSealer _sealer = new(ownDevice, encryption);

    /// <summary>What does not fit is asked for again later.</summary>
    private readonly Channel<StoredMessage> _waiting = Channel.CreateBounded<StoredMessage>(
        new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <param name="request">A message with a <see cref="ResealRequestContent"/>, opened and stored.</param>
    public void Enqueue(StoredMessage request) => _waiting.Writer.TryWrite(request);

    public async Task RunAsync(CancellationToken ct)
    {
        await foreach (var request in _waiting.Reader.ReadAllAsync(ct))
        {
            try
            {
                await AnswerAsync(request, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                Log.BackgroundFailed(logger, "Sealing messages again", e);
            }
        }
    }

    /// <summary>Puts the answer into the outbox; how many messages it is for.</summary>
    public async Task<int> AnswerAsync(StoredMessage request, CancellationToken ct)
    {
        if (request.Content is not ResealRequestContent content || content.Device != ownDevice || request.SenderDeviceId is not { } asker)
            return 0;
        var list = await lists.GetAsync(request.ConversationId, ct);
        if (list.Devices.FirstOrDefault(device => device.DeviceId == asker && device.UserId == request.SenderId) is not { } asking)
            return 0;

        List<ResealedWrap> wraps = [];
        await using (var transaction = await store.BeginAsync(ct))
        {
            foreach (var messageId in content.Messages.Take(ResealLimits.PerRequest).Distinct())
            {
                if (await WrapAsync(transaction, request, messageId, asker, ct) is { } wrap)
                    wraps.Add(new(messageId, Convert.ToBase64String(wrap)));
            }

            if (wraps.Count == 0
                || !await ResealLimits.TryCountTodayAsync(transaction, "answers", ResealLimits.AnswersPerDay, encryption.Time.GetUtcNow(), ct))
                return 0;
            await outbox.AddControlAsync(transaction, request.ConversationId, new ResealContent(asker, wraps), freshSessionWith: null, ct, asking.IsAssistant);
            await transaction.CommitAsync(ct);
        }

        outbox.Run(request.ConversationId);
        return wraps.Count;
    }

    private async ValueTask<byte[]?> WrapAsync(IChatTransaction transaction, StoredMessage request, Guid messageId, Guid asker, CancellationToken ct)
    {
        var now = encryption.Time.GetUtcNow();
        if (await MessageStore.FindAsync(transaction, request.ConversationId, messageId, ct) is not { Json: not null } message
            || message.SenderDeviceId != ownDevice
            || message.ExpiresAt <= now.UtcDateTime
            || await SentEnvelopes.FindAsync(transaction, request.ConversationId, messageId, asker, ct) is not { } secret
            || !await ResealLimits.TryCountAsync(transaction, StoreValues.Key(messageId, asker), ResealLimits.PerMessage, ct)
            || !await ResealLimits.TryCountTodayAsync(transaction, StoreValues.Key(asker), ResealLimits.WrapsPerDeviceAndDay, now, ct))
            return null;
        try
        {
            return await _sealer.WrapAgainAsync(transaction, new(request.SenderId, asker), secret, ct);
        }
        catch (EncryptionException e)
        {
            // A device that waits for a person's confirmation, say.
            Log.BackgroundFailed(logger, "Sealing a message again", e);
            return null;
        }
    }
}
