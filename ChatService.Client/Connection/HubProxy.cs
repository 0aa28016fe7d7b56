using ChatService.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatService.Client.Connection;

/// <summary>The hub's methods, called over a connection. Calls fail when it closes.</summary>
internal sealed class HubProxy(HubConnection connection) : IChatHub
{
    public Task JoinRoom(Guid conversationId) => connection.InvokeAsync(nameof(JoinRoom), conversationId);

    public Task LeaveRoom(Guid conversationId) => connection.InvokeAsync(nameof(LeaveRoom), conversationId);

    public Task<MessageReceipt> SendMessage(Guid conversationId, string encryptedContent, string nonce, string? authTag) =>
        connection.InvokeAsync<MessageReceipt>(nameof(SendMessage), conversationId, encryptedContent, nonce, authTag);

    public Task<MessageReceipt> SendAttachment(Guid conversationId, MessageType type, string encryptedContent, string nonce, string? authTag) =>
        connection.InvokeAsync<MessageReceipt>(nameof(SendAttachment), conversationId, type, encryptedContent, nonce, authTag);

    public Task SendTypingIndicator(Guid conversationId, bool isTyping) =>
        connection.InvokeAsync(nameof(SendTypingIndicator), conversationId, isTyping);

    public Task MarkMessageRead(Guid conversationId, Guid messageId) =>
        connection.InvokeAsync(nameof(MarkMessageRead), conversationId, messageId);

    public Task MarkMessageDelivered(Guid conversationId, Guid messageId) =>
        connection.InvokeAsync(nameof(MarkMessageDelivered), conversationId, messageId);

    public Task SetPresence(PresenceStatus status) => connection.InvokeAsync(nameof(SetPresence), status);

    public Task<IReadOnlyList<PresenceUpdate>> GetPresence() =>
        connection.InvokeAsync<IReadOnlyList<PresenceUpdate>>(nameof(GetPresence));

    public IAsyncEnumerable<CatchUpPage> CatchUp(IReadOnlyList<ConversationPosition> positions) =>
        connection.StreamAsync<CatchUpPage>(nameof(CatchUp), positions);

    public IAsyncEnumerable<string> StreamAIResponse(Guid conversationId, string prompt) =>
        connection.StreamAsync<string>(nameof(StreamAIResponse), conversationId, prompt);

    public Task SendAIChunk(AIChunk chunk) => connection.SendAsync(nameof(SendAIChunk), chunk);

    public Task CompleteAIResponse(Guid conversationId, Guid promptId) =>
        connection.InvokeAsync(nameof(CompleteAIResponse), conversationId, promptId);
}
