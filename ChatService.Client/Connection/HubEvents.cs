using ChatService.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatService.Client.Connection;

/// <summary>
/// Takes what the server calls off the connection and puts it into the inbox, without waiting: SignalR's receive channel has no
/// bound, so a slow handler there would cost memory.
/// </summary>
internal static class HubEvents
{
    public static void Subscribe(HubConnection connection, Inbox inbox)
    {
        connection.On<SealedMessage>(nameof(IChatHubClient.ReceiveMessage), m => inbox.Post(c => c.ReceiveMessage(m)));
        connection.On<ReceiptUpdate>(nameof(IChatHubClient.MessageDelivered), r => inbox.Post(c => c.MessageDelivered(r)));
        connection.On<ReceiptUpdate>(nameof(IChatHubClient.MessageRead), r => inbox.Post(c => c.MessageRead(r)));
        connection.On<Guid, Guid, bool>(nameof(IChatHubClient.UserTyping), (id, user, on) => inbox.Post(c => c.UserTyping(id, user, on)));
        connection.On<PresenceUpdate>(nameof(IChatHubClient.PresenceChanged), p => inbox.Post(c => c.PresenceChanged(p)));
        connection.On<Guid, Guid>(nameof(IChatHubClient.UserJoinedRoom), (id, user) => inbox.Post(c => c.UserJoinedRoom(id, user)));
        connection.On<Guid, Guid>(nameof(IChatHubClient.UserLeftRoom), (id, user) => inbox.Post(c => c.UserLeftRoom(id, user)));
        connection.On<ConversationDetails>(nameof(IChatHubClient.ConversationCreated), d => inbox.Post(c => c.ConversationCreated(d)));
        connection.On<Guid, long>(nameof(IChatHubClient.ConversationChanged), (id, version) => inbox.Post(c => c.ConversationChanged(id, version)));
        connection.On<Guid, Guid>(nameof(IChatHubClient.KeyBundleUpdated), (user, device) => inbox.Post(c => c.KeyBundleUpdated(user, device)));
        connection.On(nameof(IChatHubClient.RotateSignedPreKey), () => inbox.Post(c => c.RotateSignedPreKey()));
        connection.On<int>(nameof(IChatHubClient.OneTimePreKeysLow), n => inbox.Post(c => c.OneTimePreKeysLow(n)));
        connection.On<PrivacySettings>(nameof(IChatHubClient.PrivacySettingsChanged), s => inbox.Post(c => c.PrivacySettingsChanged(s)));
        connection.On(nameof(IChatHubClient.BlocksChanged), () => inbox.Post(c => c.BlocksChanged()));
        connection.On<AIChunk>(nameof(IChatHubClient.ReceiveAIChunk), a => inbox.Post(c => c.ReceiveAIChunk(a)));
        connection.On<AIResponseReceipt>(nameof(IChatHubClient.AIResponseComplete), a => inbox.Post(c => c.AIResponseComplete(a)));
        connection.On<Guid, Guid>(nameof(IChatHubClient.CancelAIResponse), (id, prompt) => inbox.Post(c => c.CancelAIResponse(id, prompt)));
        connection.On<bool>(nameof(IChatHubClient.BackplaneChanged), on => inbox.Post(c => c.BackplaneChanged(on)));
    }
}
