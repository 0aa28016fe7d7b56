using ChatService.Client.Assistant;
using ChatService.Client.Connection;
using ChatService.Client.Messages;
using ChatService.Contracts;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.Outbox;

/// <summary>Brings one entry to the server, however long it takes, or finds out that it never will get there.</summary>
internal sealed class OutboxDelivery(ILinkSource links, OutboxSealer sealer, PromptStreams prompts, ReconnectPolicy backoff, ChatEvents events, TimeProvider time, ILogger logger)
{
    /// <summary>How often an envelope is sealed anew, or sent again after an internal error, before it counts as failed.</summary>
    private const int Bounded = 8;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    /// <returns>The receipt, or the error for good.</returns>
    public async Task<(MessageReceipt? Receipt, ChatError? Error)> DeliverAsync(OutboxEntry entry, CancellationToken ct)
    {
        var (attempt, bounded) = (0, 0);
        while (true)
        {
            var link = await links.LinkAsync(ct);
            try
            {
                return (await SendAsync(link, entry, ct), null);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                var (verdict, error) = SendFailure.Of(e);
                if (verdict == SendVerdict.Fail || (verdict is SendVerdict.Reseal or SendVerdict.RetrySome && ++bounded > Bounded))
                {
                    return (null, error);
                }

                Log.SendRetried(logger, entry.Id, error.Code);
                if (verdict == SendVerdict.Reseal)
                    await sealer.DiscardAsync(entry, ct);
                else
                    events.RaiseSendDelayed(entry.Id, error);
                if (verdict != SendVerdict.Reseal || bounded > 2)
                    await PauseAsync(link, error, attempt++, ct);
            }
        }
    }

    private async Task<MessageReceipt> SendAsync(IHubLink link, OutboxEntry entry, CancellationToken ct)
    {
        var payload = await sealer.SealAsync(entry, ct);
        if (ContentJson.IsPrompt(entry.Json))
            return await prompts.AskAsync(link, entry, payload);
        return entry.Type is MessageType.Text
            ? await link.Hub.SendMessage(entry.ConversationId, payload.EncryptedContent, payload.Nonce, payload.AuthTag)
            : await link.Hub.SendAttachment(entry.ConversationId, entry.Type, payload.EncryptedContent, payload.Nonce, payload.AuthTag);
    }

    /// <summary>
    /// As long as the server says, else a backoff; a lost connection ends the wait, since the next one is a fresh start. A moment passes in any
    /// case: a connection that is closed may still be the current one.
    /// </summary>
    private async Task PauseAsync(IHubLink link, ChatError error, int attempt, CancellationToken ct)
    {
        await Task.Delay(Moment, time, ct);
        var delay = TimeSpan.FromMilliseconds(error.RetryAfterMs ?? 0) + (backoff.Ceiling(Math.Min(attempt, 5)) * Random.Shared.NextDouble());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(Task.Delay(delay, time, stop.Token), link.Closed);
        await stop.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }
}
