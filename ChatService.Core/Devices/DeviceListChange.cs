using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Core.Messages;
using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Devices;

/// <summary>
/// A device that comes or goes changes whom every message of its user's conversations is sealed to. All of them move in
/// the transaction of the change itself, so that no message is ever accepted for the wrong list.
/// </summary>
public static class DeviceListChange
{
    /// <summary>Takes the rows of all of the user's conversations, always in the same order.</summary>
    public static Task LockAsync(ChatDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Database.ExecuteSqlAsync(
            $"""
            SELECT c.id FROM conversations c JOIN conversation_participants p ON p.conversation_id = c.id
            WHERE p.chat_user_id = {userId} ORDER BY c.id FOR UPDATE OF c
            """,
            cancellationToken);
    }

    /// <summary>
    /// Moves the locked conversations to their next membership version, with a system message where the members should
    /// see it. It leaves their last activity alone: a list of conversations must not be reshuffled by a new phone.
    /// </summary>
    public static async Task<IReadOnlyList<AffectedConversation>> ApplyAsync(
        ChatDbContext db, Device device, SystemEventKind kind, bool visible, DateTime now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(device);
        var sequences = visible ? 1 : 0;
        var epochs = kind == SystemEventKind.DeviceRemoved ? 1 : 0;
        var affected = await db.Database.SqlQuery<AffectedConversation>(
            $"""
            UPDATE conversations c SET
                membership_version = membership_version + 1,
                audience_epoch = audience_epoch + {epochs},
                last_sequence = last_sequence + {sequences}
            FROM conversation_participants p
            WHERE p.conversation_id = c.id AND p.chat_user_id = {device.ChatUserId}
            RETURNING c.id, c.last_sequence, c.audience_epoch, c.quiet_audiences
            """).ToListAsync(cancellationToken);

        foreach (var conversation in affected)
        {
            if (visible)
            {
                var systemEvent = new SystemEvent(kind, device.ChatUserId, device.Id);
                var message = Message.FromSystem(conversation.Id, conversation.LastSequence, systemEvent, now);
                db.Messages.Add(message);
                device.Follows(new MessageSentDomainEvent(message.ToSealedMessage(), conversation.Audience, SenderConnectionId: null));
            }

            device.Follows(new ConversationChangedDomainEvent(conversation.Id));
        }

        return affected;
    }
}
