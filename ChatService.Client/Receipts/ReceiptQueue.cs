using ChatService.Client.Connection;
using ChatService.Client.Storage;
using ChatService.Contracts;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.Receipts;

/// <summary>
/// Tells the server what was delivered and read: the highest per conversation, gathered for a moment, since a marker means
/// "up to here" and a receipt at once would tell when a device is awake.
/// </summary>
internal sealed class ReceiptQueue(IChatStore store, ILinkSource links, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _dirty = new(0);

    /// <summary>There may be something to tell.</summary>
    public void Wake()
    {
        if (_dirty.CurrentCount == 0)
            _dirty.Release();
    }

    public async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            await _dirty.WaitAsync(ct);
            await Task.Delay(Gather * (0.5 + Random.Shared.NextDouble()), time, ct);
            var link = await links.LinkAsync(ct);
            try
            {
                await TellAsync(link.Hub, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                // Told again after the next connect or with the next receipt.
                Log.BackgroundFailed(logger, "Sending receipts", e);
            }
        }
    }

    public void Dispose() => _dirty.Dispose();

    /// <summary>Tells all there is to tell.</summary>
    public async Task TellAsync(IChatHub hub, CancellationToken ct)
    {
        List<(Guid ConversationId, ReceiptMarks Marks)> untold;
        await using (var transaction = await store.BeginAsync(ct))
            untold = await ReceiptStore.UntoldAsync(transaction, ct);

        foreach (var (conversationId, marks) in untold)
        {
            try
            {
                if (marks.Read > marks.ReadTold)
                    await hub.MarkMessageRead(conversationId, marks.ReadId);
                if (marks.Delivered > Math.Max(marks.DeliveredTold, marks.Read))
                    await hub.MarkMessageDelivered(conversationId, marks.DeliveredId);
            }
            catch (HubException e) when (ChatError.Parse(e.Message).Code is ErrorCodes.NotFound or ErrorCodes.InvalidArgument)
            {
                // No member any more, or the message is gone: nobody waits for this receipt.
            }

            await using var transaction = await store.BeginAsync(ct);
            await ReceiptStore.ToldAsync(transaction, conversationId, marks, ct);
            await transaction.CommitAsync(ct);
        }
    }
}
