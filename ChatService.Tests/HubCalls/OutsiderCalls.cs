using ChatService.Contracts;

namespace ChatService.Tests.HubCalls;

/// <summary>Every hub method that names a conversation.</summary>
internal static class OutsiderCalls
{
    public static Func<Guid, Task>[] Of(RawClient caller, RawClient member, Guid messageId)
    {
        var envelope = caller.EnvelopeFor(member);
        return
        [
            id => caller.SendAsync(id, envelope),
            id => caller.CallAsync<MessageReceipt>(
                nameof(IChatHub.SendAttachment), id, MessageType.File, envelope.EncryptedContent, envelope.Nonce, envelope.AuthTag),
            id => caller.CallAsync(nameof(IChatHub.JoinRoom), id),
            id => caller.CallAsync(nameof(IChatHub.SendTypingIndicator), id, true),
            id => caller.CallAsync(nameof(IChatHub.MarkMessageRead), id, messageId),
            id => caller.CallAsync(nameof(IChatHub.MarkMessageDelivered), id, messageId),
        ];
    }
}
