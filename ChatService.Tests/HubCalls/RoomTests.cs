using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.HubCalls;

public sealed class RoomTests(AppHostFixture stack)
{
    [Fact]
    public async Task Receipts_reach_the_other_side_and_move_forward_only()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        var conversation = await Talk.DirectAsync(alice, bob);
        var first = await alice.SendAsync(conversation, alice.EnvelopeFor(bob));
        var second = await alice.SendAsync(conversation, alice.EnvelopeFor(bob));
        var third = await alice.SendAsync(conversation, alice.EnvelopeFor(bob));

        await bob.CallAsync(nameof(IChatHub.MarkMessageDelivered), conversation, second.MessageId);
        await Patience.UntilAsync(() => !alice.Delivered.IsEmpty, "Alice sees 'delivered'");
        await bob.CallAsync(nameof(IChatHub.MarkMessageRead), conversation, second.MessageId);
        await Patience.UntilAsync(() => !alice.Read.IsEmpty, "Alice sees 'read'");
        await bob.CallAsync(nameof(IChatHub.MarkMessageRead), conversation, first.MessageId);
        await bob.CallAsync(nameof(IChatHub.MarkMessageDelivered), conversation, first.MessageId);
        await bob.CallAsync(nameof(IChatHub.MarkMessageRead), conversation, third.MessageId);
        await Patience.UntilAsync(() => alice.Read.Count >= 2, "Alice sees 'read' again");

        Assert.Equal([2L], alice.Delivered.Select(update => update.Sequence));
        Assert.Equal([2L, 3L], alice.Read.Select(update => update.Sequence));
        Assert.All(alice.Read, update => Assert.Equal((conversation, bob.User.Id), (update.ConversationId, update.UserId)));
        var seen = await alice.User.GetAsync<ConversationDetails>(Routes.Conversation(conversation));
        var reader = seen.Participants.Single(member => member.UserId == bob.User.Id);
        Assert.Equal((3L, 3L), (reader.DeliveredSequence, reader.ReadSequence));
    }

    [Fact]
    public async Task Each_message_reaches_each_other_connection_once_and_in_order_whichever_hub_it_is_on()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 1);
        await using var carol = await RawClient.ConnectAsync(stack, 2);
        var conversation = await Talk.GroupAsync(alice, bob, carol);
        List<Guid> sent = [];
        for (var i = 0; i < 20; i++)
        {
            sent.Add((await alice.SendAsync(conversation, alice.EnvelopeFor(bob, carol))).MessageId);
        }

        await Patience.UntilAsync(() => Heard(bob).Count() >= sent.Count && Heard(carol).Count() >= sent.Count, "both hear everything");
        await alice.CallAsync(nameof(IChatHub.SendTypingIndicator), conversation, true);
        await Patience.UntilAsync(() => !bob.Typing.IsEmpty && !carol.Typing.IsEmpty, "both see what comes after the messages");

        Assert.Equal(sent, Heard(bob));
        Assert.Equal(sent, Heard(carol));
        Assert.Empty(Heard(alice));

        IEnumerable<Guid> Heard(RawClient client) => client.Received.Where(message => message.Type != MessageType.System).Select(message => message.Id);
    }

    [Fact]
    public async Task Typing_reaches_the_room_on_the_other_hub_and_no_stranger()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        await using var stranger = await RawClient.ConnectAsync(stack, 2);
        var conversation = await Talk.DirectAsync(alice, bob);
        var other = await Talk.DirectAsync(alice, stranger);

        await alice.CallAsync(nameof(IChatHub.SendTypingIndicator), conversation, true);
        await Patience.UntilAsync(() => bob.Typing.Contains((conversation, alice.User.Id, true)), "Bob sees Alice typing");
        await alice.CallAsync(nameof(IChatHub.SendTypingIndicator), other, true);
        await Patience.UntilAsync(() => !stranger.Typing.IsEmpty, "the other conversation sees its own");

        Assert.Equal([(other, alice.User.Id, true)], stranger.Typing);
    }

    [Fact]
    public async Task Presence_is_seen_at_the_other_hub_by_those_who_share_a_conversation()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var stranger = await RawClient.ConnectAsync(stack, 1);
        using var account = await Api.ApiUser.RegisterAsync(stack);
        await alice.User.CallAsync<ConversationDetails>(
            HttpMethod.Post, Routes.Conversations, new CreateConversationRequest(Guid.CreateVersion7(), ConversationType.Direct, [account.Id]));
        await alice.CatchUpAsync();
        Assert.Equal(PresenceStatus.Offline, await StatusAsync(alice, account.Id));

        await using (var bob = await RawClient.ConnectAsync(stack, 2, account))
        {
            await SeesAsync(alice, account.Id, PresenceStatus.Online);
            Assert.Equal(PresenceStatus.Online, await StatusAsync(alice, account.Id));
            await bob.CallAsync(nameof(IChatHub.SetPresence), PresenceStatus.Away);
            await SeesAsync(alice, account.Id, PresenceStatus.Away);
        }

        await SeesAsync(alice, account.Id, PresenceStatus.Offline);
        Assert.DoesNotContain(stranger.Presence, update => update.UserId == account.Id);
        Assert.Empty(await stranger.CallAsync<IReadOnlyList<PresenceUpdate>>(nameof(IChatHub.GetPresence)));
    }

    [Fact]
    public async Task What_is_sent_right_after_a_member_was_removed_does_not_reach_their_open_connection()
    {
        await using var owner = await RawClient.ConnectAsync(stack, 1);
        await using var removed = await RawClient.ConnectAsync(stack, 2);
        await using var member = await RawClient.ConnectAsync(stack, 2);
        var group = await Talk.GroupAsync(owner, removed, member);
        var before = await owner.SendAsync(group, owner.EnvelopeFor(removed, member));
        await Task.WhenAll(removed.ReceivesAsync(before.MessageId), member.ReceivesAsync(before.MessageId));

        await owner.User.CallAsync(HttpMethod.Delete, Routes.ConversationMember(group, removed.User.Id));
        var after = await owner.SendAsync(group, owner.EnvelopeFor(member));
        var direct = await Talk.DirectAsync(owner, removed);
        var last = await owner.SendAsync(direct, owner.EnvelopeFor(removed));

        await removed.ReceivesAsync(last.MessageId);
        Assert.DoesNotContain(removed.Received, message => message.Id == after.MessageId);
        Assert.Contains(await member.CatchUpAsync(new ConversationPosition(group, before.Sequence)), message => message.Id == after.MessageId);
        var live = await owner.SendAsync(group, owner.EnvelopeFor(member));
        await member.ReceivesAsync(live.MessageId);
        Assert.DoesNotContain(removed.Received, message => message.Id == live.MessageId);
    }

    private static async Task<PresenceStatus> StatusAsync(RawClient viewer, Guid userId) =>
        (await viewer.CallAsync<IReadOnlyList<PresenceUpdate>>(nameof(IChatHub.GetPresence))).Single(update => update.UserId == userId).Status;

    private static Task SeesAsync(RawClient viewer, Guid userId, PresenceStatus status) =>
        Patience.UntilAsync(() => viewer.Presence.Any(update => update.UserId == userId && update.Status == status), $"{status} is seen");
}
