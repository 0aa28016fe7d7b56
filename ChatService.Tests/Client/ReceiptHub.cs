using ChatService.Client.Connection;
using ChatService.Contracts;

namespace ChatService.Tests.Client;

/// <summary>A hub that answers every message with the receipt that the test dictates.</summary>
internal sealed class ReceiptHub : IChatHub, ILinkSource
{
    public MessageReceipt? Receipt { get; set; }

    public IHubLink Current => new ScriptedLink(this);

    public Task<IHubLink> LinkAsync(CancellationToken ct) => Task.FromResult(Current);

    public Task<MessageReceipt> SendMessage(Guid conversationId, string encryptedContent, string nonce, string? authTag) => Task.FromResult(Receipt!);

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

    public Task SendAIChunk(AIChunk chunk) => throw new NotSupportedException();

    public Task CompleteAIResponse(Guid conversationId, Guid promptId) => throw new NotSupportedException();
}
