using ChatService.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Benchmarks.Load.Servers;

/// <summary>One SaveChanges per message. It checks neither membership nor devices, which is in its favour.</summary>
internal sealed class NaiveHub(NaiveDbContext db) : Hub<IChatHubClient>
{
    public Task JoinRoom(Guid conversationId) =>
        Groups.AddToGroupAsync(Context.ConnectionId, conversationId.ToString("N"), Context.ConnectionAborted);

    public async Task<MessageReceipt> SendMessage(Guid conversationId, string encryptedContent, string nonce, string authTag)
    {
        var sent = Sent.From(encryptedContent);
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
        await db.SaveChangesAsync(Context.ConnectionAborted);
        await Clients.OthersInGroup(conversationId.ToString("N")).ReceiveMessage(new SealedMessage(
            message.Id, conversationId, message.SenderId, message.SenderDeviceId, message.Sequence, encryptedContent, nonce, authTag, message.Type, message.CreatedAt));
        return new MessageReceipt(message.Id, conversationId, message.Sequence, message.CreatedAt);
    }
}
