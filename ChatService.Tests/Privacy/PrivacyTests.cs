using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.HubCalls;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.Privacy;

public sealed class PrivacyTests(AppHostFixture stack)
{
    [Fact]
    public async Task Who_shows_no_receipts_sees_none_and_the_third_is_not_affected()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        await using var carol = await RawClient.ConnectAsync(stack, 2);
        var group = await Talk.GroupAsync(alice, bob, carol);
        await SetAsync(bob, new PrivacySettings(Receipts: false, Typing: true, Presence: true));
        var message = await alice.SendAsync(group, alice.EnvelopeFor(bob, carol));
        await Task.WhenAll(bob.ReceivesAsync(message.MessageId), carol.ReceivesAsync(message.MessageId));

        await bob.CallAsync(nameof(IChatHub.MarkMessageRead), group, message.MessageId);
        await carol.CallAsync(nameof(IChatHub.MarkMessageRead), group, message.MessageId);
        await Patience.UntilAsync(() => alice.Read.Any(update => update.UserId == carol.User.Id), "Alice sees that Carol has read it");
        // Behind everything that might have come: typing takes the same way, and Bob still has it.
        await carol.CallAsync(nameof(IChatHub.SendTypingIndicator), group, true);
        await Patience.UntilAsync(() => !bob.Typing.IsEmpty && !alice.Typing.IsEmpty, "both see Carol typing");

        Assert.Equal([carol.User.Id], alice.Read.Select(update => update.UserId));
        Assert.DoesNotContain(bob.Read, update => update.UserId != bob.User.Id);
        Assert.Empty(bob.Delivered);
        Assert.Equal((0, 1), await MarkersAsync(alice, group, bob, carol));
        Assert.Equal((1, 0), await MarkersAsync(bob, group, bob, carol));

        await SetAsync(bob, new PrivacySettings(Receipts: true, Typing: true, Presence: true));
        Assert.Equal((1, 1), await MarkersAsync(alice, group, bob, carol));
        Assert.Equal((1, 1), await MarkersAsync(bob, group, bob, carol));
    }

    [Fact]
    public async Task Who_does_not_show_that_they_type_sees_nobody_typing_and_misses_no_message()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        var conversation = await Talk.DirectAsync(alice, bob);
        await SetAsync(bob, new PrivacySettings(Receipts: true, Typing: false, Presence: true));

        await bob.CallAsync(nameof(IChatHub.SendTypingIndicator), conversation, true);
        await alice.CallAsync(nameof(IChatHub.SendTypingIndicator), conversation, true);
        var toBob = await alice.SendAsync(conversation, alice.EnvelopeFor(bob));
        var toAlice = await bob.SendAsync(conversation, bob.EnvelopeFor(alice));
        await Task.WhenAll(bob.ReceivesAsync(toBob.MessageId), alice.ReceivesAsync(toAlice.MessageId));
        Assert.DoesNotContain(alice.Typing, seen => seen.User == bob.User.Id);
        Assert.Empty(bob.Typing);

        await SetAsync(bob, new PrivacySettings(Receipts: true, Typing: true, Presence: true));
        await alice.CallAsync(nameof(IChatHub.SendTypingIndicator), conversation, false);
        await Patience.UntilAsync(() => bob.Typing.Contains((conversation, alice.User.Id, false)), "Bob sees typing again");
    }

    [Fact]
    public async Task Who_shows_no_presence_is_offline_to_the_others_and_sees_nobodys()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        await Talk.DirectAsync(alice, bob);
        Assert.Equal(PresenceStatus.Online, (await SeenAsync(alice, bob))!.Status);

        await SetAsync(bob, new PrivacySettings(Receipts: true, Typing: true, Presence: false));
        await Patience.UntilAsync(() => alice.Presence.Contains(new PresenceUpdate(bob.User.Id, PresenceStatus.Offline, null)), "Bob is gone");
        await bob.CallAsync(nameof(IChatHub.SetPresence), PresenceStatus.Away);
        await alice.CallAsync(nameof(IChatHub.SetPresence), PresenceStatus.Away);
        Assert.Equal(new PresenceUpdate(bob.User.Id, PresenceStatus.Offline, null), await SeenAsync(alice, bob));
        Assert.Null(await SeenAsync(bob, alice));

        await SetAsync(bob, new PrivacySettings(Receipts: true, Typing: true, Presence: true));
        await Patience.UntilAsync(() => alice.Presence.Contains(new PresenceUpdate(bob.User.Id, PresenceStatus.Away, null)), "Bob is back");
        Assert.DoesNotContain(bob.Presence, update => update == new PresenceUpdate(alice.User.Id, PresenceStatus.Away, null));
        Assert.Equal(PresenceStatus.Away, (await SeenAsync(bob, alice))!.Status);
        Assert.Single(alice.Presence, update => update == new PresenceUpdate(bob.User.Id, PresenceStatus.Away, null));
    }

    [Fact]
    public async Task Settings_are_told_to_the_users_own_devices_and_hold_for_a_connection_that_comes_later()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var phone = await RawClient.ConnectAsync(stack, 2);
        var conversation = await Talk.DirectAsync(alice, phone);
        var nothing = new PrivacySettings(Receipts: false, Typing: false, Presence: false);
        await SetAsync(phone, nothing);

        await using var tablet = await RawClient.ConnectAsync(stack, 1, phone.User);
        Assert.Equal(nothing, await phone.User.GetAsync<PrivacySettings>(Routes.Settings));
        await alice.CallAsync(nameof(IChatHub.SendTypingIndicator), conversation, true);
        var message = await alice.SendAsync(conversation, alice.EnvelopeFor(phone, tablet));
        await Task.WhenAll(phone.ReceivesAsync(message.MessageId), tablet.ReceivesAsync(message.MessageId));
        await phone.CallAsync(nameof(IChatHub.MarkMessageRead), conversation, message.MessageId);

        await Patience.UntilAsync(() => tablet.Read.Any(update => update.UserId == phone.User.Id), "the tablet hears what the phone has read");
        Assert.Empty(tablet.Typing);
        Assert.Empty(alice.Read);
    }

    private static async Task SetAsync(RawClient client, PrivacySettings settings)
    {
        var (told, settled) = (client.Settings.Count, client.BackplaneChanges.Count);
        Assert.Equal(settings, await client.User.CallAsync<PrivacySettings>(HttpMethod.Put, Routes.Settings, settings));
        // They come by two ways: what the user has set, and that the connection is where that is heard.
        await Patience.UntilAsync(
            () => client.Settings.Count > told && client.BackplaneChanges.Count > settled, "the device hears of the settings and is moved");
        Assert.Equal(settings, client.Settings.Last());
        await client.CatchUpAsync();
    }

    private static async Task<(long Bob, long Carol)> MarkersAsync(RawClient viewer, Guid group, RawClient bob, RawClient carol)
    {
        var members = (await viewer.User.GetAsync<ConversationDetails>(Routes.Conversation(group))).Participants;
        // The group's first sequence is its creation, so a message's marker is one less than what it says.
        return (Of(bob), Of(carol));

        long Of(RawClient member) => Math.Max(0, members.Single(each => each.UserId == member.User.Id).ReadSequence - 1);
    }

    private static async Task<PresenceUpdate?> SeenAsync(RawClient viewer, RawClient other) =>
        (await viewer.CallAsync<IReadOnlyList<PresenceUpdate>>(nameof(IChatHub.GetPresence))).SingleOrDefault(update => update.UserId == other.User.Id);
}
