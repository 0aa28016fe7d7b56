using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.HubCalls;

public sealed class SendTests(AppHostFixture stack)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_retry_returns_the_first_receipt_and_is_stored_and_received_once(bool useMessagePack)
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1, useMessagePack: useMessagePack);
        await using var bob = await RawClient.ConnectAsync(stack, 2, useMessagePack: useMessagePack);
        var conversation = await Talk.DirectAsync(alice, bob);
        var envelope = alice.EnvelopeFor(bob);

        var receipts = new List<MessageReceipt> { await alice.SendAsync(conversation, envelope), await alice.SendAsync(conversation, envelope) };
        receipts.AddRange(await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => alice.SendAsync(conversation, envelope))));
        var next = await alice.SendAsync(conversation, alice.EnvelopeFor(bob));

        Assert.Equal((envelope.MessageId, 1L), (receipts[0].MessageId, receipts[0].Sequence));
        Assert.All(receipts, receipt => Assert.Equal(receipts[0], receipt));
        Assert.Equal(2, next.Sequence);
        Assert.Equal([envelope.MessageId, next.MessageId], await new Ledger(stack).MessagesAsync(conversation));
        await bob.ReceivesAsync(next.MessageId);
        Assert.Equal([1L, 2L], bob.Received.Select(message => message.Sequence));
        Assert.Empty(alice.Received);
        Assert.Equal(envelope.EncryptedContent, bob.Received.First().EncryptedContent);
        Assert.Equal([1L, 2L], (await bob.CatchUpAsync()).Select(message => message.Sequence));
        Assert.Equal([2L], (await bob.CatchUpAsync(new ConversationPosition(conversation, 1))).Select(message => message.Sequence));
    }

    /// <summary>Sealed anew it would be another envelope under the same id, and what the sender keeps of it would not fit what is stored.</summary>
    [Fact]
    public async Task A_retry_returns_the_first_receipt_also_when_a_device_came_or_a_block_was_set_meanwhile()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        var conversation = await Talk.DirectAsync(alice, bob);
        var envelope = alice.EnvelopeFor(bob);
        var receipt = await alice.SendAsync(conversation, envelope);

        await ApiDevice.RegisterAsync(bob.User);
        Assert.Equal(receipt, await alice.SendAsync(conversation, envelope));
        Assert.Equal(ErrorCodes.DeviceListStale, await CodeAsync(alice, conversation, alice.EnvelopeFor(bob)));
        await bob.User.CallAsync(HttpMethod.Put, Routes.Block(alice.User.Id));
        Assert.Equal(receipt, await alice.SendAsync(conversation, envelope));
        Assert.Equal(ErrorCodes.RecipientUnavailable, await CodeAsync(alice, conversation, alice.EnvelopeFor(bob)));

        Assert.Single(await new Ledger(stack).MessagesAsync(conversation));
    }

    /// <summary>The hub that committed it may have died before it told anyone.</summary>
    [Fact]
    public async Task A_sender_who_lost_the_connection_and_repeats_has_the_members_told_what_is_stored()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        var conversation = await Talk.DirectAsync(alice, bob);
        var envelope = alice.EnvelopeFor(bob);
        var receipt = await alice.SendAsync(conversation, envelope);
        await bob.ReceivesAsync(envelope.MessageId);
        var told = bob.Received.Single();
        bob.Received.Clear();

        await alice.Hub.StopAsync(TestContext.Current.CancellationToken);
        await alice.Hub.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(receipt, await alice.SendAsync(conversation, RawEnvelope.For(alice.DeviceId, [bob.DeviceId], envelope.MessageId)));

        await bob.ReceivesAsync(envelope.MessageId);
        Assert.Equal(told, bob.Received.Single());
    }

    [Fact]
    public async Task An_id_that_another_device_has_used_is_a_conflict_also_at_the_same_moment()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 1);
        var conversation = await Talk.DirectAsync(alice, bob);

        for (var round = 1; round <= 5; round++)
        {
            var id = Guid.CreateVersion7();
            var answers = await Task.WhenAll(
                TryAsync(() => alice.SendAsync(conversation, RawEnvelope.For(alice.DeviceId, [bob.DeviceId], id))),
                TryAsync(() => bob.SendAsync(conversation, RawEnvelope.For(bob.DeviceId, [alice.DeviceId], id))));

            Assert.Single(answers, code => code is null);
            Assert.Single(answers, code => code == ErrorCodes.Conflict);
            Assert.Equal(round, (await new Ledger(stack).MessagesAsync(conversation)).Count);
        }
    }

    [Fact]
    public async Task An_envelope_for_other_devices_than_the_conversations_is_refused_with_their_names_and_nothing_is_stored()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        var conversation = await Talk.DirectAsync(alice, bob);
        await alice.SendAsync(conversation, alice.EnvelopeFor(bob));
        var added = await ApiDevice.RegisterAsync(bob.User);
        var unknown = Guid.CreateVersion7();

        var error = await RawClient.RefusedAsync(() => alice.SendAsync(conversation, RawEnvelope.For(alice.DeviceId, [bob.DeviceId, unknown])));
        Assert.Equal(ErrorCodes.DeviceListStale, error.Code);
        Assert.Equal([added.Id], error.MissingDevices);
        Assert.Equal([unknown], error.SurplusDevices);
        Assert.Equal(ErrorCodes.DeviceListStale, await CodeAsync(alice, conversation, RawEnvelope.For(alice.DeviceId, [])));
        Assert.Equal(ErrorCodes.DeviceListStale, await CodeAsync(alice, conversation, RawEnvelope.For(alice.DeviceId, [bob.DeviceId, bob.DeviceId])));
        Assert.NotNull(await CodeAsync(alice, conversation, RawEnvelope.For(alice.DeviceId, [bob.DeviceId, added.Id, alice.DeviceId])));
        Assert.Equal(ErrorCodes.InvalidEnvelope, await CodeAsync(alice, conversation, RawEnvelope.For(bob.DeviceId, [bob.DeviceId, added.Id])));
        Assert.Single(await new Ledger(stack).MessagesAsync(conversation));

        await alice.SendAsync(conversation, RawEnvelope.For(alice.DeviceId, [bob.DeviceId, added.Id]));
        await bob.User.CallAsync(HttpMethod.Delete, Routes.Device(added.Id));
        Assert.Equal(ErrorCodes.DeviceListStale, await CodeAsync(alice, conversation, RawEnvelope.For(alice.DeviceId, [bob.DeviceId, added.Id])));
        await alice.SendAsync(conversation, alice.EnvelopeFor(bob));
        Assert.Equal(3, (await new Ledger(stack).MessagesAsync(conversation)).Count);
    }

    [Fact]
    public async Task A_stranger_and_a_removed_member_hear_what_they_would_of_a_conversation_that_does_not_exist()
    {
        await using var owner = await RawClient.ConnectAsync(stack, 1);
        await using var removed = await RawClient.ConnectAsync(stack, 2);
        await using var stranger = await RawClient.ConnectAsync(stack, 2);
        var group = await Talk.GroupAsync(owner, removed);
        var sent = await owner.SendAsync(group, owner.EnvelopeFor(removed));
        await removed.ReceivesAsync(sent.MessageId);
        await owner.User.CallAsync(HttpMethod.Delete, Routes.ConversationMember(group, removed.User.Id));
        var stored = await new Ledger(stack).MessagesAsync(group);

        foreach (var outsider in (RawClient[])[stranger, removed])
        {
            foreach (var call in OutsiderCalls.Of(outsider, owner, sent.MessageId))
            {
                var nothing = await RawClient.RefusedAsync(() => call(Guid.CreateVersion7()));
                Assert.Equal(ErrorCodes.NotFound, nothing.Code);
                Assert.Equal(nothing, await RawClient.RefusedAsync(() => call(group)));
            }

            Assert.Empty(await outsider.CatchUpAsync(new ConversationPosition(group, 0)));
        }

        Assert.Equal(stored, await new Ledger(stack).MessagesAsync(group));
    }

    [Fact]
    public async Task A_removed_devices_open_connection_can_send_nothing()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        var conversation = await Talk.DirectAsync(alice, bob);
        await bob.SendAsync(conversation, bob.EnvelopeFor(alice));
        var isClosed = new TaskCompletionSource();
        bob.Hub.Closed += _ =>
        {
            isClosed.TrySetResult();
            return Task.CompletedTask;
        };

        await bob.User.CallAsync(HttpMethod.Delete, Routes.Device(bob.DeviceId));
        await Assert.ThrowsAnyAsync<Exception>(() => bob.SendAsync(conversation, bob.EnvelopeFor(alice)));
        await isClosed.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);

        Assert.Single(await new Ledger(stack).MessagesAsync(conversation));
    }

    [Fact]
    public async Task Fifty_senders_at_once_through_both_hubs_get_sequences_without_gaps()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        var conversation = await Talk.DirectAsync(alice, bob);

        var receipts = await Task.WhenAll(Enumerable.Range(0, 50).SelectMany(_ => new[]
        {
            alice.SendAsync(conversation, alice.EnvelopeFor(bob)), bob.SendAsync(conversation, bob.EnvelopeFor(alice)),
        }));

        Assert.Equal(Enumerable.Range(1, 100).Select(n => (long)n), receipts.Select(receipt => receipt.Sequence).Order());
        Assert.Equal(receipts.OrderBy(receipt => receipt.Sequence).Select(receipt => receipt.MessageId), await new Ledger(stack).MessagesAsync(conversation));
        await Patience.UntilAsync(() => alice.Received.Count == 50 && bob.Received.Count == 50, "each hears the other's fifty");
        Assert.Equal(alice.Received.Select(message => message.Sequence).Order(), alice.Received.Select(message => message.Sequence));
    }

    [Fact]
    public async Task Refused_and_repeated_messages_among_new_ones_leave_no_gaps()
    {
        var talkers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RawClient.ConnectAsync(stack, 1)));
        var conversation = await Talk.GroupAsync(talkers[0], talkers[1..]);
        var first = await Task.WhenAll(talkers.Select(FreshAsync));
        List<MessageReceipt> stored = [.. first.Select(sent => sent.Receipt)];

        for (var round = 0; round < 10; round++)
        {
            // At the same moment, on one hub: a retry, an id that another device has used, and new ones.
            var repeated = talkers[0].SendAsync(conversation, first[0].Envelope);
            var taken = CodeAsync(talkers[1], conversation, RawEnvelope.For(talkers[1].DeviceId, OthersOf(talkers[1]), first[0].Envelope.MessageId));
            var fresh = await Task.WhenAll(talkers[2..].Select(FreshAsync));

            Assert.Equal(first[0].Receipt, await repeated);
            Assert.Equal(ErrorCodes.Conflict, await taken);
            stored.AddRange(fresh.Select(sent => sent.Receipt));
        }

        // A group begins with its own system messages.
        var before = first.Min(sent => sent.Receipt.Sequence) - 1;
        Assert.Equal(Enumerable.Range(1, stored.Count).Select(n => before + n), stored.Select(receipt => receipt.Sequence).Order());
        Assert.Equal(stored.OrderBy(receipt => receipt.Sequence).Select(receipt => receipt.MessageId), await new Ledger(stack).MessagesAsync(conversation));
        Assert.Equal(before + stored.Count + 1, (await FreshAsync(talkers[0])).Receipt.Sequence);
        await Task.WhenAll(talkers.Select(talker => talker.DisposeAsync().AsTask()));

        IEnumerable<Guid> OthersOf(RawClient sender) => talkers.Where(talker => talker != sender).Select(talker => talker.DeviceId);

        async Task<(RawEnvelope Envelope, MessageReceipt Receipt)> FreshAsync(RawClient sender)
        {
            var envelope = RawEnvelope.For(sender.DeviceId, OthersOf(sender));
            return (envelope, await sender.SendAsync(conversation, envelope));
        }
    }

    private static Task<string?> CodeAsync(RawClient sender, Guid conversation, RawEnvelope envelope) => TryAsync(() => sender.SendAsync(conversation, envelope));

    private static async Task<string?> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (Microsoft.AspNetCore.SignalR.HubException exception)
        {
            return ChatError.Parse(exception.Message).Code;
        }
    }
}
