using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.HubCalls;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.DomainEvents;

/// <summary>What each of the nine events leads to, as somebody at the other hub sees it.</summary>
public sealed class EffectTests(AppHostFixture stack) : IAsyncLifetime
{
    private RawClient _alice = null!;
    private RawClient _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _alice = await RawClient.ConnectAsync(stack, 1);
        _bob = await RawClient.ConnectAsync(stack, 2);
    }

    [Fact]
    public async Task ConversationCreated_tells_the_participants_who_are_in_its_audience_from_then_on()
    {
        var details = await CreateGroupAsync(_bob.User.Id);

        await Patience.UntilAsync(() => _bob.Created.Any(created => created.Id == details.Id), "Bob hears of the group");
        var told = _bob.Created.Single(created => created.Id == details.Id);
        Assert.Equal(("Group", 2), (told.Name, told.Participants.Count));
        // Nobody called JoinRoom: the hubs did it themselves, which one message may have been too early for.
        await Patience.UntilAsync(
            async () =>
            {
                var sent = await _alice.SendAsync(details.Id, _alice.EnvelopeFor(_bob));
                await Task.Delay(50, TestContext.Current.CancellationToken);
                return _bob.Received.Any(message => message.Id == sent.MessageId);
            },
            "Bob hears live");
    }

    [Fact]
    public async Task MessageSent_is_broadcast_and_moves_the_conversations_last_activity()
    {
        var conversation = await Talk.DirectAsync(_alice, _bob);
        var before = await _bob.User.GetAsync<ConversationDetails>(Routes.Conversation(conversation));

        var receipt = await _alice.SendAsync(conversation, _alice.EnvelopeFor(_bob));

        await _bob.ReceivesAsync(receipt.MessageId);
        var after = await _bob.User.GetAsync<ConversationDetails>(Routes.Conversation(conversation));
        Assert.True(after.LastActivityAt > before.LastActivityAt);
        Assert.Equal(receipt.Sequence, after.LastSequence);
        Assert.DoesNotContain(_alice.Received, message => message.Id == receipt.MessageId);
    }

    [Fact]
    public async Task MessageDelivered_and_MessageRead_notify_the_sender()
    {
        var conversation = await Talk.DirectAsync(_alice, _bob);
        var receipt = await _alice.SendAsync(conversation, _alice.EnvelopeFor(_bob));

        await _bob.CallAsync(nameof(IChatHub.MarkMessageDelivered), conversation, receipt.MessageId);
        await Patience.UntilAsync(() => !_alice.Delivered.IsEmpty, "Alice sees 'delivered'");
        Assert.Empty(_alice.Read);
        await _bob.CallAsync(nameof(IChatHub.MarkMessageRead), conversation, receipt.MessageId);
        await Patience.UntilAsync(() => !_alice.Read.IsEmpty, "Alice sees 'read'");

        var expected = (conversation, _bob.User.Id, receipt.MessageId, receipt.Sequence);
        Assert.All(
            _alice.Delivered.Concat(_alice.Read),
            update => Assert.Equal(expected, (update.ConversationId, update.UserId, update.MessageId, update.Sequence)));
    }

    [Fact]
    public async Task UserJoinedRoom_and_UserLeftRoom_notify_the_members()
    {
        await using var carol = await RawClient.ConnectAsync(stack, 2);
        var group = (await CreateGroupAsync(_bob.User.Id)).Id;

        await _alice.User.CallAsync(HttpMethod.Post, Routes.ConversationMembers(group), new AddMemberRequest(carol.User.Id));
        await Patience.UntilAsync(() => _bob.Joined.Contains((group, carol.User.Id)), "Bob hears that Carol came");
        await Patience.UntilAsync(() => carol.Created.Any(created => created.Id == group), "Carol hears of the group");
        await _alice.User.CallAsync(HttpMethod.Delete, Routes.ConversationMember(group, carol.User.Id));
        await Patience.UntilAsync(() => _bob.Gone.Contains((group, carol.User.Id)) && carol.Gone.Contains((group, carol.User.Id)), "both hear that Carol went");
    }

    [Fact]
    public async Task Typing_is_broadcast_to_the_room_once_for_many_keys_and_stored_nowhere()
    {
        var conversation = await Talk.DirectAsync(_alice, _bob);
        for (var key = 0; key < 3; key++)
        {
            await _alice.CallAsync(nameof(IChatHub.SendTypingIndicator), conversation, true);
        }

        await _alice.CallAsync(nameof(IChatHub.SendTypingIndicator), conversation, false);
        await Patience.UntilAsync(() => _bob.Typing.Contains((conversation, _alice.User.Id, false)), "Bob sees that Alice stopped");

        Assert.Equal([(conversation, _alice.User.Id, true), (conversation, _alice.User.Id, false)], _bob.Typing);
        Assert.Empty((await _bob.User.GetAsync<MessageHistory>(Routes.ConversationMessages(conversation))).Messages);
    }

    [Fact]
    public async Task ChatUserCreated_begins_a_presence_that_others_can_ask_for()
    {
        using var carol = await ApiUser.RegisterAsync(stack, hub: 2);
        await _alice.User.CallAsync<ConversationDetails>(
            HttpMethod.Post, Routes.Conversations, new CreateConversationRequest(Guid.CreateVersion7(), ConversationType.Direct, [carol.Id]));

        var presence = await _alice.CallAsync<IReadOnlyList<PresenceUpdate>>(nameof(IChatHub.GetPresence));

        var seen = Assert.Single(presence, update => update.UserId == carol.Id);
        Assert.Equal(PresenceStatus.Offline, seen.Status);
        Assert.Equal(0, seen.LastSeenAt!.Value.Ticks % TimeSpan.FromMinutes(5).Ticks);
        Assert.InRange(DateTime.UtcNow - seen.LastSeenAt.Value, TimeSpan.Zero, TimeSpan.FromMinutes(11));
    }

    [Fact]
    public async Task UserKeyBundleUpdated_makes_contacts_and_own_devices_forget_the_keys_that_they_have()
    {
        await using var tablet = await RawClient.ConnectAsync(stack, 1, _bob.User);
        await Talk.DirectAsync(_alice, _bob);
        var phone = await ApiDevice.RegisterAsync(_bob.User);

        await Patience.UntilAsync(() => _alice.KeyBundles.Contains((_bob.User.Id, phone.Id)), "Alice hears of the phone");
        await Patience.UntilAsync(() => tablet.KeyBundles.Contains((_bob.User.Id, phone.Id)), "the tablet hears of the phone");
        var before = _alice.KeyBundles.Count;
        await _bob.User.CallAsync(HttpMethod.Put, Routes.DeviceKeys(phone.Id), await phone.RotateAsync());
        await Patience.UntilAsync(() => _alice.KeyBundles.Count > before, "Alice hears of the rotation");
    }

    public async ValueTask DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
    }

    private Task<ConversationDetails> CreateGroupAsync(params Guid[] others) => _alice.User.CallAsync<ConversationDetails>(
        HttpMethod.Post, Routes.Conversations, new CreateConversationRequest(Guid.CreateVersion7(), ConversationType.Group, others, "Group"));
}
