using ChatService.Client.CatchUp;
using ChatService.Client.Messages;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Outbox;

/// <summary>Puts an acknowledged message into its place, and moves the position when it closes up to it.</summary>
internal sealed class Acknowledgement(IChatStore store, MessageReader reader, SyncSignals signals, Guid me, Guid ownDevice)
{
    /// <exception cref="ChatException"><see cref="ClientErrorCodes.InvalidReceipt"/>, and nothing is changed.</exception>
    public async Task<ChatMessage?> SaveAsync(OutboxEntry entry, MessageReceipt receipt, CancellationToken ct)
    {
        if (receipt.MessageId != entry.Id || receipt.ConversationId != entry.ConversationId || receipt.Sequence < 1)
            throw new ChatException(ClientErrorCodes.InvalidReceipt, "The server's receipt is not for this message. It counts as not sent: try again.");
        StoredMessage? message;
        await using (var transaction = await store.BeginAsync(ct))
        {
            message = await OutboxStore.AcknowledgeAsync(
                transaction, entry.ConversationId, entry.Id, receipt.Sequence, receipt.CreatedAt, me, ownDevice, ct);
            await SyncPosition.AdvanceOverOwnAsync(transaction, entry.ConversationId, ct);
            await transaction.CommitAsync(ct);
        }

        // Others' messages before ours may still be on their way; if they do not come, that is a gap.
        signals.NoteSequence(entry.ConversationId, receipt.Sequence);
        return message is null ? null : Show(message);
    }

    public ChatMessage Show(StoredMessage message) => reader.Show(message, null);
}
