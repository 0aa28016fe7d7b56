using ChatService.Contracts;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Benchmarks.Load.Servers;

/// <summary>
/// What a hub has to do for a message, as one writes it first: is the sender a member, then one SaveChanges for the row and
/// the conversation's last activity, then the broadcast. It checks no devices and gives no sequence of the conversation's own.
/// </summary>
internal sealed class NaiveHub(NaiveDbContext db) : Hub<IChatHubClient>
{
    public Task JoinRoom(Guid conversationId) =>
        Groups.AddToGroupAsync(Context.ConnectionId, conversationId.ToString("N"), Context.ConnectionAborted);

    public async Task<MessageReceipt> SendMessage(Guid conversationId, string encryptedContent, string nonce, string authTag)
    {
        var sent = Sent.From(encryptedContent);
        var conversation = await db.Conversations.SingleOrDefaultAsync(
            entity => entity.Id == conversationId && entity.Participants.Any(participant => participant.DeviceId == sent.DeviceId),
            Context.ConnectionAborted) ?? throw new HubException("There is no such conversation.");
        var message = new NaiveMessage
        {
            Id = sent.MessageId,
            ConversationId = conversationId,
            SenderId = sent.SenderId,
            SenderDeviceId = sent.DeviceId,
            EncryptedContent = sent.Content,
            Nonce = Convert.FromBase64String(nonce),
            AuthTag = Convert.FromBase64String(authTag),
            CreatedAt = sent.At,
        };
        db.Messages.Add(message);
        conversation.LastActivityAt = sent.At;
        await db.SaveChangesAsync(Context.ConnectionAborted);
        await Clients.OthersInGroup(conversationId.ToString("N")).ReceiveMessage(new SealedMessage(
            message.Id, conversationId, message.SenderId, message.SenderDeviceId, message.Sequence, encryptedContent, nonce, authTag, message.Type, message.CreatedAt));
        return new MessageReceipt(message.Id, conversationId, message.Sequence, message.CreatedAt);
    }
}
