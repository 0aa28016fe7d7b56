using ChatService.Client.CatchUp;
using ChatService.Client.Encryption;
using ChatService.Client.Messages;
using ChatService.Client.Outbox;
using ChatService.Contracts;
using ChatService.Tests.Encryption;

namespace ChatService.Tests.Client;

public class MessageProcessorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_come_in_order_and_once_however_often_they_are_delivered()
    {
        var bob = await Receiving.CreateAsync();
        SealedMessage[] sent = [await bob.SealAsync("one"), await bob.SealAsync("two"), await bob.SealAsync("three")];

        await bob.ApplyAsync(sent[0]);
        await bob.ApplyAsync(sent[0], sent[1]);
        await bob.ApplyAsync(sent);
        await bob.ApplyAsync(sent);

        Assert.Equal(["one", "two", "three"], await bob.TextsAsync());
        Assert.Equal(["one", "two", "three"], await bob.ArrivalsAsync());
        Assert.Equal(3, await bob.PositionAsync());
    }

    [Fact]
    public async Task Nothing_after_a_gap_is_taken_before_the_gap_is_filled()
    {
        var bob = await Receiving.CreateAsync();
        SealedMessage[] sent = [await bob.SealAsync("one"), await bob.SealAsync("two"), await bob.SealAsync("three")];

        Assert.Equal(1, (await bob.ApplyAsync(sent[0], sent[2])).Position);
        Assert.Equal(["one"], await bob.TextsAsync());

        await bob.ApplyAsync(sent);
        Assert.Equal(["one", "two", "three"], await bob.TextsAsync());
    }

    [Fact]
    public async Task A_crash_before_the_commit_loses_nothing_and_doubles_nothing()
    {
        var bob = await Receiving.CreateAsync();
        SealedMessage[] sent = [await bob.SealAsync("one"), await bob.SealAsync("two")];
        var dying = bob.CreateProcessor(new CrashingStore(bob.Receiver.Store));

        await Assert.ThrowsAsync<IOException>(() => dying.ApplyAsync(bob.Conversation, sent, isComplete: true, Ct));
        Assert.Empty(await bob.TextsAsync());
        Assert.Equal(0, await bob.PositionAsync());

        await bob.ApplyAsync(sent[0]);
        await Assert.ThrowsAsync<IOException>(() => dying.ApplyAsync(bob.Conversation, sent, isComplete: true, Ct));
        await bob.ApplyAsync(sent);

        Assert.Equal(["one", "two"], await bob.TextsAsync());
        Assert.Equal(["one", "two"], await bob.ArrivalsAsync());
    }

    [Fact]
    public async Task A_message_that_cannot_be_opened_keeps_its_place_and_stops_nothing()
    {
        var bob = await Receiving.CreateAsync();
        SealedMessage first = await bob.SealAsync("one"), second = await bob.SealAsync("two"), third = await bob.SealAsync("three"), fourth = await bob.SealAsync("four");
        var changed = second with { AuthTag = Convert.ToBase64String(new byte[16]) };
        var garbage = third with { EncryptedContent = "this is not base64" };

        await bob.ApplyAsync(first, changed, garbage, fourth);

        Assert.Equal(
            [new TextContent("one"), new UndecryptableContent(EncryptionError.Tampered), new UndecryptableContent(EncryptionError.Malformed), new TextContent("four")],
            (await bob.HistoryAsync()).Select(message => message.Content));
    }

    [Fact]
    public async Task A_message_for_other_devices_only_moves_the_position_and_leaves_no_trace()
    {
        var bob = await Receiving.CreateAsync();
        var other = await TestDevice.CreateAsync();

        await bob.ApplyAsync(await bob.SealAsync("not for bob", other), await bob.SealAsync("for bob"));

        Assert.Equal(["for bob"], await bob.TextsAsync());
        Assert.Equal(2, await bob.PositionAsync());
    }

    [Fact]
    public async Task A_message_replayed_at_another_place_is_not_shown_again()
    {
        var bob = await Receiving.CreateAsync();
        var first = await bob.SealAsync("pay 10");

        await bob.ApplyAsync(first, first with { Sequence = 2 }, first with { Sequence = 3, Id = Guid.CreateVersion7() });

        Assert.Equal("pay 10", Assert.Single(await bob.TextsAsync(), text => text is not null));
        Assert.Equal(3, await bob.PositionAsync());
    }

    [Fact]
    public async Task A_message_under_another_id_or_device_is_refused_before_any_ratchet_moves()
    {
        var bob = await Receiving.CreateAsync();
        var first = await bob.SealAsync("one");

        await bob.ApplyAsync(
            first with { Id = Guid.CreateVersion7() },
            first with { Id = Guid.CreateVersion7(), SenderDeviceId = Guid.CreateVersion7(), Sequence = 2 },
            first with { Sequence = 3 });

        var tampered = new UndecryptableContent(EncryptionError.Tampered);
        Assert.Equal([tampered, tampered, new TextContent("one")], (await bob.HistoryAsync()).Select(message => message.Content));
    }

    [Fact]
    public async Task What_belongs_to_another_conversation_is_not_taken_from_this_ones_page()
    {
        var bob = await Receiving.CreateAsync();
        var elsewhere = Guid.CreateVersion7();
        var message = await bob.SealAsync("one") with { ConversationId = elsewhere };

        await bob.Processor.ApplyAsync(bob.Conversation, [message, bob.SystemMessage(2) with { ConversationId = elsewhere }], isComplete: true, Ct);

        Assert.Empty(await bob.HistoryAsync());
        Assert.Equal(0, await bob.PositionAsync());
        await using var transaction = await bob.Receiver.Store.BeginAsync(Ct);
        Assert.Empty(await MessageStore.BeforeAsync(transaction, elsewhere, long.MaxValue, 10, Ct));
    }

    [Fact]
    public async Task What_is_stored_is_never_replaced_by_another_message_of_the_same_place_or_id()
    {
        var bob = await Receiving.CreateAsync();
        var first = await bob.SealAsync("theirs");
        await using (var transaction = await bob.Receiver.Store.BeginAsync(Ct))
        {
            await MessageStore.SaveAsync(
                transaction, new(Guid.CreateVersion7(), bob.Conversation, bob.Receiver.UserId, bob.Receiver.DeviceId, 3, DateTime.UtcNow) { Json = ContentJson.Write(new TextContent("mine")) }, Ct);
            await transaction.CommitAsync(Ct);
        }

        await bob.Processor.ApplyAsync(bob.Conversation, [first, bob.SystemMessage(3), bob.SystemMessage(4) with { Id = first.Id }], isComplete: true, Ct);

        Assert.Equal(
            [new TextContent("theirs"), new MissingContent(1), new TextContent("mine")], (await bob.HistoryAsync()).Select(message => message.Content));
        await using var after = await bob.Receiver.Store.BeginAsync(Ct);
        Assert.Equal(1, await MessageStore.SequenceOfAsync(after, bob.Conversation, first.Id, Ct));
    }

    [Fact]
    public async Task A_hole_in_the_answer_to_catch_up_is_shown_as_a_hole()
    {
        var bob = await Receiving.CreateAsync();
        SealedMessage[] sent = [await bob.SealAsync("one"), await bob.SealAsync("two"), await bob.SealAsync("three"), await bob.SealAsync("four")];

        await bob.Processor.ApplyAsync(bob.Conversation, [sent[0], sent[3]], isComplete: true, Ct);

        Assert.Equal([new TextContent("one"), new MissingContent(2), new TextContent("four")], (await bob.HistoryAsync()).Select(message => message.Content));
    }

    [Fact]
    public async Task An_own_message_whose_receipt_was_lost_is_recognised_when_it_comes_back()
    {
        var bob = await Receiving.CreateAsync();
        var entry = new OutboxEntry(1, Guid.CreateVersion7(), bob.Conversation, MessageType.Text, ContentJson.Write(new TextContent("mine")), DateTime.UtcNow);
        await using (var transaction = await bob.Receiver.Store.BeginAsync(Ct))
        {
            await OutboxStore.SaveAsync(transaction, entry, Ct);
            await transaction.CommitAsync(Ct);
        }

        var returned = await bob.SealAsync("whatever") with { Id = entry.Id, SenderId = bob.Receiver.UserId, SenderDeviceId = bob.Receiver.DeviceId };
        var applied = await bob.ApplyAsync(returned);
        await bob.ApplyAsync(returned);

        Assert.Equal(entry.Id, Assert.Single(applied.Acknowledged).Id);
        Assert.Equal(["mine"], await bob.TextsAsync());
        Assert.Empty(await bob.ArrivalsAsync());
        await using var after = await bob.Receiver.Store.BeginAsync(Ct);
        Assert.Empty(await OutboxStore.ListAsync(after, bob.Conversation, Ct));
    }

    [Fact]
    public async Task The_position_moves_over_own_messages_that_were_acknowledged_ahead_of_it()
    {
        var bob = await Receiving.CreateAsync();
        var first = await bob.SealAsync("theirs");
        await using (var transaction = await bob.Receiver.Store.BeginAsync(Ct))
        {
            await MessageStore.SaveAsync(
                transaction, new(Guid.CreateVersion7(), bob.Conversation, bob.Receiver.UserId, bob.Receiver.DeviceId, 2, DateTime.UtcNow) { Json = """{"type":"text","text":"mine"}""" }, Ct);
            Assert.Equal(0, await SyncPosition.AdvanceOverOwnAsync(transaction, bob.Conversation, Ct));
            await transaction.CommitAsync(Ct);
        }

        Assert.Equal(2, (await bob.ApplyAsync(first)).Position);
        Assert.Equal(["theirs", "mine"], await bob.TextsAsync());
    }
}
