using ChatService.Contracts;

namespace ChatService.Tests.Client;

/// <summary>A hub that nothing may be asked of but what a test's own hub overrides.</summary>
internal abstract class SilentHub : IChatHub
{
    public abstract Task<MessageReceipt> SendMessage(Guid conversationId, string encryptedContent, string nonce, string? authTag);

    public Task<MessageReceipt> SendAttachment(Guid conversationId, MessageType type, string encryptedContent, string nonce, string? authTag) =>
        throw new NotSupportedException();

    public Task JoinRoom(Guid conversationId) => throw new NotSupportedException();

    public Task LeaveRoom(Guid conversationId) => throw new NotSupportedException();

    public Task SendTypingIndicator(Guid conversationId, bool isTyping) => throw new NotSupportedException();

    public Task MarkMessageRead(Guid conversationId, Guid messageId) => throw new NotSupportedException();

    public Task MarkMessageDelivered(Guid conversationId, Guid messageId) => throw new NotSupportedException();

    public Task SetPresence(PresenceStatus status) => throw new NotSupportedException();

    public Task<IReadOnlyList<PresenceUpdate>> GetPresence() => throw new NotSupportedException();

    public IAsyncEnumerable<CatchUpPage> CatchUp(IReadOnlyList<ConversationPosition> positions) => throw new NotSupportedException();

    public IAsyncEnumerable<string> StreamAIResponse(Guid conversationId, string prompt) => throw new NotSupportedException();

    public virtual Task SendAIChunk(AIChunk chunk) => throw new NotSupportedException();

    public Task CompleteAIResponse(Guid conversationId, Guid promptId) => throw new NotSupportedException();
}
