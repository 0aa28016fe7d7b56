using System.Diagnostics.CodeAnalysis;
using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Hub.Realtime;
using Npgsql;

namespace ChatService.Hub.Messages;

/// <summary>From an envelope on the wire to a receipt: check that it is sealed to the right devices, commit it, answer.</summary>
public sealed class MessageSubmission(DeliveryLists lists, MessageWriter writer, MessageRetelling retelling, NpgsqlDataSource dataSource)
{
    // Each round sees a newer list; members that change faster than this are not keeping a conversation.
    private const int MaxRounds = 4;

    public async Task<MessageReceipt> SubmitAsync(
        ConnectedDevice sender, Guid conversationId, MessageType type, ReceivedEnvelope envelope, CancellationToken cancellationToken)
    {
        if (envelope.SenderDeviceId != sender.DeviceId)
        {
            throw new ChatException(ErrorCodes.InvalidEnvelope, "The envelope names another sending device than the one that is connected.");
        }

        for (var round = 0; round < MaxRounds; round++)
        {
            var list = lists.Cached(conversationId);
            if (!IsFor(list, sender, envelope))
            {
                list = DeliveryListSnapshot.RequireOn(await lists.LoadAsync(conversationId, cancellationToken), sender.DeviceId);
                if (!IsFor(list, sender, envelope))
                {
                    // Sealed for a list that was current once: it may be stored, and only its receipt was lost. Sealed anew it would be another envelope.
                    var receipt = await StoredMessages.FindReceiptAsync(dataSource, conversationId, envelope.MessageId, sender.DeviceId, cancellationToken)
                        ?? throw Refusal(list, sender, envelope);
                    await retelling.TellAsync(sender, receipt, cancellationToken);
                    return receipt;
                }
            }

            var outcome = await writer.SubmitAsync(new PendingMessage(
                envelope.MessageId,
                conversationId,
                sender.UserId,
                sender.DeviceId,
                list.MembershipVersion,
                envelope.EncryptedContent,
                envelope.Nonce,
                envelope.AuthTag,
                envelope.Text,
                type,
                sender.ConnectionId));

            switch (outcome.Verdict)
            {
                case MessageVerdict.Stored:
                    return outcome.Receipt!;
                case MessageVerdict.AlreadyStored:
                    await retelling.TellAsync(sender, outcome.Receipt!, cancellationToken);
                    return outcome.Receipt!;
                case MessageVerdict.IdTaken:
                    throw new ChatException(ErrorCodes.Conflict, "Another message of this conversation has this id. Make a new one.");
                default:
                    lists.Forget(conversationId);
                    break;
            }
        }

        throw new ChatException(new ChatError(ErrorCodes.Unavailable, "The members keep changing: try again.") { RetryAfterMs = 200 });
    }

    private static bool IsFor([NotNullWhen(true)] DeliveryListSnapshot? list, ConnectedDevice sender, ReceivedEnvelope envelope) =>
        list is { Blockers.Length: 0 } && list.Matches(sender.DeviceId, envelope.Recipients);

    private static ChatException Refusal(DeliveryListSnapshot list, ConnectedDevice sender, ReceivedEnvelope envelope) => list.Blockers.Length > 0
        ? Blocked(list.Blockers.Contains(sender.UserId))
        : new(new ChatError(
            ErrorCodes.DeviceListStale, "The message is not sealed to exactly the conversation's devices. Seal it again for the current list.")
        {
            MissingDevices = list.Missing(sender.DeviceId, envelope.Recipients),
            SurplusDevices = list.Surplus(sender.DeviceId, envelope.Recipients),
        });

    private static ChatException Blocked(bool byCaller) => byCaller
        ? ChatException.Forbidden("You have blocked this user: unblock them first.")
        : new(ErrorCodes.RecipientUnavailable, "This user cannot be reached: they are gone, or do not take messages from you.");
}
