using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Hub.Messages;

namespace ChatService.Hub;

public sealed partial class ChatHub
{
    public Task<MessageReceipt> SendMessage(Guid conversationId, string encryptedContent, string nonce, string? authTag) =>
        Send(conversationId, MessageType.Text, encryptedContent, nonce, authTag);

    public Task<MessageReceipt> SendAttachment(Guid conversationId, MessageType type, string encryptedContent, string nonce, string? authTag) =>
        type is MessageType.Image or MessageType.File
            ? Send(conversationId, type, encryptedContent, nonce, authTag)
            : throw ChatException.Invalid("An attachment is an Image or a File.");

    private Task<MessageReceipt> Send(Guid conversationId, MessageType type, string encryptedContent, string nonce, string? authTag)
    {
        var device = Device;
        Limit(RateLimits.Messages, device);
        Limit(RateLimits.MessageBytes, device, encryptedContent?.Length ?? 0);
        var envelope = ReceivedEnvelope.Parse(encryptedContent, nonce, authTag);
        return submission.SubmitAsync(device, conversationId, type, envelope, Context.ConnectionAborted);
    }
}
