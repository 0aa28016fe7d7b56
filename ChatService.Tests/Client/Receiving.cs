using System.Text;
using ChatService.Client;
using ChatService.Client.CatchUp;
using ChatService.Client.Conversations;
using ChatService.Client.Encryption;
using ChatService.Client.Messages;
using ChatService.Client.Reseal;
using ChatService.Client.Storage;
using ChatService.Contracts;
using ChatService.Tests.Encryption;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatService.Tests.Client;

/// <summary>A device that takes what another one sealed, from a server that the test plays.</summary>
internal sealed class Receiving
{
    private long _last;

    private Receiving(TestDevice sender, TestDevice receiver)
    {
        (Sender, Receiver) = (sender, receiver);
        Processor = CreateProcessor(receiver.Store);
    }

    public Guid Conversation { get; } = Guid.CreateVersion7();

    public TestDevice Sender { get; }

    public TestDevice Receiver { get; }

    public MessageProcessor Processor { get; }

    public static async Task<Receiving> CreateAsync()
    {
        var receiving = new Receiving(await TestDevice.CreateAsync(), await TestDevice.CreateAsync());
        await using var transaction = await receiving.Receiver.Store.BeginAsync();
        await ConversationStore.SetPositionAsync(transaction, receiving.Conversation, 0, default);
        await transaction.CommitAsync();
        return receiving;
    }

    public MessageProcessor CreateProcessor(IChatStore store) => new(
        store, new MessageOpening(Receiver.UserId, Receiver.DeviceId, new EncryptionOptions(), NullLogger.Instance), Receiver.UserId, Receiver.DeviceId, NullLogger.Instance, new ResealOpening(Receiver.DeviceId, new EncryptionOptions(), NullLogger.Instance));

    /// <summary>The next message of the conversation, sealed for the receiver.</summary>
    public async Task<SealedMessage> SealAsync(string text, params TestDevice[] recipients)
    {
        if (recipients.Length == 0)
            recipients = [Receiver];
        var id = Guid.CreateVersion7();
        await using var transaction = await Sender.Store.BeginAsync();
        var envelope = await Sender.Sealer.SealAsync(
            transaction,
            Conversation,
            id,
            Encoding.UTF8.GetBytes(ContentJson.Write(new TextContent(text))),
            [.. recipients.Select(recipient => recipient.AsRecipient)],
            [.. recipients.Select(recipient => recipient.Bundle())]);
        await transaction.CommitAsync();
        return new(
            id,
            Conversation,
            Sender.UserId,
            Sender.DeviceId,
            ++_last,
            Convert.ToBase64String(envelope.EncryptedContent),
            Convert.ToBase64String(envelope.Nonce),
            Convert.ToBase64String(envelope.AuthTag),
            MessageType.Text,
            DateTime.UtcNow);
    }

    /// <summary>A system message, which nobody seals.</summary>
    public SealedMessage SystemMessage(long sequence) => new(
        Guid.CreateVersion7(), Conversation, Sender.UserId, null, sequence, "", "", "", MessageType.System, DateTime.UtcNow, new(SystemEventKind.ConversationRenamed, Sender.UserId));

    public async Task<Applied> ApplyAsync(params SealedMessage[] messages) => await Processor.ApplyAsync(Conversation, messages, isComplete: false, default);

    public async Task<IReadOnlyList<ChatMessage>> HistoryAsync() =>
        await new MessageReader(Receiver.Store, new ArrivalLog(), Receiver.UserId).HistoryAsync(Conversation, null, 1000, default);

    public async Task<string?[]> TextsAsync() => [.. (await HistoryAsync()).Select(message => message.Text)];

    /// <summary>What a subscriber gets.</summary>
    public async Task<string?[]> ArrivalsAsync()
    {
        await using var transaction = await Receiver.Store.BeginAsync();
        var arrivals = await ArrivalLog.AfterAsync(transaction, 0, 1000, default);
        return [.. arrivals.Select(arrival => (arrival.Message?.Content as TextContent)?.Text)];
    }

    public async Task<long?> PositionAsync()
    {
        await using var transaction = await Receiver.Store.BeginAsync();
        return await ConversationStore.PositionAsync(transaction, Conversation, default);
    }
}
