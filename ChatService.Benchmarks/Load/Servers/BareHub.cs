using ChatService.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Benchmarks.Load.Servers;

/// <summary>Passes messages on and keeps nothing.</summary>
internal sealed class BareHub : Hub<IChatHubClient>
{
    public Task JoinRoom(Guid conversationId) =>
        Groups.AddToGroupAsync(Context.ConnectionId, conversationId.ToString("N"), Context.ConnectionAborted);

    public async Task<MessageReceipt> SendMessage(Guid conversationId, string encryptedContent, string nonce, string authTag)
    {
        var sent = Sent.From(encryptedContent);
        await Clients.OthersInGroup(conversationId.ToString("N")).ReceiveMessage(new SealedMessage(
            sent.MessageId, conversationId, sent.SenderId, sent.DeviceId, 0, encryptedContent, nonce, authTag, MessageType.Text, sent.At));
        return new MessageReceipt(sent.MessageId, conversationId, 0, sent.At);
    }
}
