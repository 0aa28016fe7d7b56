using ChatService.Client.Connection;
using ChatService.Contracts;

namespace ChatService.Tests.Client;

/// <summary>A hub that answers every message with the receipt that the test dictates.</summary>
internal sealed class ReceiptHub : SilentHub, ILinkSource
{
    public MessageReceipt? Receipt { get; set; }

    public IHubLink Current => new ScriptedLink(this);

    public Task<IHubLink> LinkAsync(CancellationToken ct) => Task.FromResult(Current);

    public override Task<MessageReceipt> SendMessage(Guid conversationId, string encryptedContent, string nonce, string? authTag) => Task.FromResult(Receipt!);
}
