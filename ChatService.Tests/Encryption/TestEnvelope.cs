using ChatService.Client.Encryption.Envelopes;

namespace ChatService.Tests.Encryption;

/// <summary>An envelope with what the server says about it.</summary>
internal sealed record TestEnvelope(Guid ConversationId, Guid SenderUserId, Guid SenderDeviceId, Guid MessageId, SealedEnvelope Sealed)
{
    public TestEnvelope With(Action<SealedEnvelope> change)
    {
        var copy = new SealedEnvelope([.. Sealed.EncryptedContent], [.. Sealed.Nonce], [.. Sealed.AuthTag]);
        change(copy);
        return this with { Sealed = copy };
    }
}
