using System.Threading.Channels;
using ChatService.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Tests.Client;

/// <summary>A hub whose answers to SendMessage are the test's, one after the other.</summary>
internal sealed class ScriptedHub : SilentHub
{
    private readonly Channel<Func<MessageReceipt>> _answers = Channel.CreateUnbounded<Func<MessageReceipt>>();
    private long _sequence;

    /// <summary>What was sent, in the order in which it came.</summary>
    public Channel<(Guid Conversation, Guid MessageId, string EncryptedContent, int Wraps)> Sent { get; } =
        Channel.CreateUnbounded<(Guid, Guid, string, int)>();

    public void Accept() => _answers.Writer.TryWrite(() => new(default, default, Interlocked.Increment(ref _sequence), DateTime.UtcNow));

    public void Refuse(string code, int? retryAfterMs = null) =>
        _answers.Writer.TryWrite(() => throw new HubException(new ChatError(code, "Refused.") { RetryAfterMs = retryAfterMs }.ToJson()));

    public void Break(Exception e) => _answers.Writer.TryWrite(() => throw e);

    public override async Task<MessageReceipt> SendMessage(Guid conversationId, string encryptedContent, string nonce, string? authTag)
    {
        Assert.True(EnvelopeHeader.TryParse(Convert.FromBase64String(encryptedContent), out var header));
        var (messageId, wraps) = (header.MessageId, header.WrapCount);
        Sent.Writer.TryWrite((conversationId, messageId, encryptedContent, wraps));
        return (await _answers.Reader.ReadAsync())() with { MessageId = messageId, ConversationId = conversationId };
    }
}
