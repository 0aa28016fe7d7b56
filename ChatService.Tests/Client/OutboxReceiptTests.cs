using ChatService.Client;
using ChatService.Client.Assistant;
using ChatService.Client.CatchUp;
using ChatService.Client.Connection;
using ChatService.Client.Conversations;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Trust;
using ChatService.Client.Messages;
using ChatService.Client.Outbox;
using ChatService.Client.Storage;
using ChatService.Contracts;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatService.Tests.Client;

public sealed class OutboxReceiptTests : IDisposable
{
    private static readonly Guid s_conversation = Guid.CreateVersion7();
    private static readonly Guid s_me = Guid.CreateVersion7();
    private static readonly Guid s_device = Guid.CreateVersion7();

    private readonly AnsweringApi _server = new();
    private readonly InMemoryChatStore _store = new();
    private readonly ReceiptHub _hub = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_receipt_for_another_message_fails_the_message_and_changes_no_history() =>
        IsRefusedAsync(id => new(Guid.CreateVersion7(), s_conversation, 2, DateTime.UtcNow));

    [Fact]
    public Task A_receipt_for_another_conversation_fails_the_message_and_changes_no_history() =>
        IsRefusedAsync(id => new(id, Guid.CreateVersion7(), 2, DateTime.UtcNow));

    [Fact]
    public Task A_receipt_for_a_place_that_is_taken_fails_the_message_and_changes_no_history() =>
        IsRefusedAsync(id => new(id, s_conversation, 1, DateTime.UtcNow));

    [Fact]
    public async Task A_right_receipt_puts_the_message_into_its_place()
    {
        await using var outbox = await CreateAsync();

        var acknowledged = await SendAsync(outbox, id => new(id, s_conversation, 2, DateTime.UtcNow));

        Assert.Equal(2, (await acknowledged.WaitAsync(Ct)).Sequence);
        Assert.Equal(["theirs", "mine"], await TextsAsync());
    }

    public void Dispose() => _server.Dispose();

    private async Task IsRefusedAsync(Func<Guid, MessageReceipt> receipt)
    {
        await using var outbox = await CreateAsync();

        var acknowledged = await SendAsync(outbox, receipt);
        var e = await Assert.ThrowsAsync<ChatException>(() => acknowledged.WaitAsync(Ct));

        Assert.Equal(ClientErrorCodes.InvalidReceipt, e.Code);
        Assert.Equal(["theirs"], await TextsAsync());
        await using var transaction = await _store.BeginAsync(Ct);
        Assert.Equal(ClientErrorCodes.InvalidReceipt, Assert.Single(await OutboxStore.ListAsync(transaction, s_conversation, Ct)).Error?.Code);
        Assert.Null(await OutboxStore.NextAsync(transaction, s_conversation, Ct));
    }

    /// <summary>An outbox of a device that has one message of somebody else.</summary>
    private async Task<MessageOutbox> CreateAsync()
    {
        await using (var transaction = await _store.BeginAsync(Ct))
        {
            await ConversationStore.SetPositionAsync(transaction, s_conversation, 1, Ct);
            await MessageStore.SaveAsync(
                transaction,
                new(Guid.CreateVersion7(), s_conversation, Guid.CreateVersion7(), Guid.CreateVersion7(), 1, DateTime.UtcNow) { Json = ContentJson.Write(new TextContent("theirs")) },
                Ct);
            await transaction.CommitAsync(Ct);
        }

        var (api, events) = (_server.CreateApi(), new ChatEvents(NullLogger.Instance));
        var lists = new DeliveryLists(_store, api, new ConversationDirectory(_store, api, s_me, events), new PinnedDevices(), s_me, s_device, events);
        var sealer = new OutboxSealer(_store, api, lists, s_device, new EncryptionOptions());
        var delivery = new OutboxDelivery(_hub, sealer, new PromptStreams(new Inbox(), events), new ReconnectPolicy(), events, TimeProvider.System, NullLogger.Instance);
        var acknowledgement = new Acknowledgement(_store, new MessageReader(_store, new ArrivalLog(), s_me), new SyncSignals(new Inbox()), s_me, s_device);
        return new(_store, delivery, acknowledgement, s_me, s_device, events, TimeProvider.System, NullLogger.Instance);
    }

    /// <summary>Sends a message that is sealed already.</summary>
    private async Task<Task<ChatMessage>> SendAsync(MessageOutbox outbox, Func<Guid, MessageReceipt> receipt)
    {
        var (message, acknowledged) = await outbox.AddAsync(s_conversation, new TextContent("mine"), Ct);
        _hub.Receipt = receipt(message.Id);
        await using (var transaction = await _store.BeginAsync(Ct))
        {
            await OutboxStore.SaveSealedAsync(transaction, message.Id, new("", "", ""), Ct);
            await transaction.CommitAsync(Ct);
        }

        await outbox.StartAsync(Ct);
        return acknowledged;
    }

    private async Task<string?[]> TextsAsync()
    {
        await using var transaction = await _store.BeginAsync(Ct);
        return [.. (await MessageStore.BeforeAsync(transaction, s_conversation, long.MaxValue, 10, Ct)).Select(message => (message.Content as TextContent)?.Text)];
    }
}
