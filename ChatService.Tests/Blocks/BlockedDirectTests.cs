using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.HubCalls;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.Blocks;

/// <summary>In a direct conversation that there was already.</summary>
public sealed class BlockedDirectTests(AppHostFixture stack)
{
    [Fact]
    public async Task From_the_moment_of_the_block_nothing_is_stored_whichever_hub_has_not_heard_of_it()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var troll = await RawClient.ConnectAsync(stack, 2);
        var conversation = await Talk.DirectAsync(alice, troll);
        var heard = await troll.SendAsync(conversation, troll.EnvelopeFor(alice));
        await alice.ReceivesAsync(heard.MessageId);

        // Hub 2 has the list in its cache, and is in the middle of sending.
        var flood = Enumerable.Range(0, 30).Select(_ => CodeAsync(troll, conversation, alice)).ToList();
        await alice.User.CallAsync(HttpMethod.Put, Routes.Block(troll.User.Id));
        var stored = await new Ledger(stack).MessagesAsync(conversation);
        var codes = await Task.WhenAll(flood);
        var after = await CodeAsync(troll, conversation, alice);

        Assert.All(codes, code => Assert.True(code is null or ErrorCodes.RecipientUnavailable, code));
        Assert.Equal(codes.Count(code => code is null) + 1, stored.Count);
        Assert.Equal(ErrorCodes.RecipientUnavailable, after);
        Assert.Equal(ErrorCodes.Forbidden, await CodeAsync(alice, conversation, troll));
        Assert.Equal(stored, await new Ledger(stack).MessagesAsync(conversation));

        await alice.User.CallAsync(HttpMethod.Delete, Routes.Block(troll.User.Id));
        var again = await troll.SendAsync(conversation, troll.EnvelopeFor(alice));
        await alice.ReceivesAsync(again.MessageId);
    }

    [Fact]
    public async Task Neither_sees_the_other_type_or_come_and_go_and_the_blocked_one_is_not_told()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var troll = await RawClient.ConnectAsync(stack, 2);
        await using var friend = await RawClient.ConnectAsync(stack, 2);
        var conversation = await Talk.DirectAsync(alice, troll);
        var other = await Talk.DirectAsync(alice, friend);
        var before = await troll.User.GetAsync<ConversationDetails>(Routes.Conversation(conversation));
        await alice.User.CallAsync(HttpMethod.Put, Routes.Block(troll.User.Id));

        await alice.CallAsync(nameof(IChatHub.SendTypingIndicator), conversation, true);
        await alice.CallAsync(nameof(IChatHub.SendTypingIndicator), other, true);
        await troll.CallAsync(nameof(IChatHub.SendTypingIndicator), conversation, true);
        await alice.CallAsync(nameof(IChatHub.SetPresence), PresenceStatus.Away);
        await Patience.UntilAsync(() => !friend.Typing.IsEmpty && friend.Presence.Any(update => update.Status == PresenceStatus.Away), "the friend sees both");

        Assert.DoesNotContain(troll.Typing.Concat(alice.Typing), typing => typing.Conversation == conversation);
        Assert.DoesNotContain(troll.Presence, update => update.UserId == alice.User.Id && update.Status == PresenceStatus.Away);
        Assert.DoesNotContain(await troll.CallAsync<IReadOnlyList<PresenceUpdate>>(nameof(IChatHub.GetPresence)), update => update.UserId == alice.User.Id);
        var after = await troll.User.GetAsync<ConversationDetails>(Routes.Conversation(conversation));
        Assert.Equal(before.LastSequence, after.LastSequence);
        Assert.Equal(before.Participants.Count, after.Participants.Count);
        Assert.Empty((await troll.User.GetAsync<MessageHistory>(Routes.ConversationMessages(conversation))).Messages);
    }

    [Fact]
    public async Task Writing_to_one_who_has_blocked_and_to_one_who_is_gone_is_refused_in_the_same_words()
    {
        await using var troll = await RawClient.ConnectAsync(stack, 1);
        await using var alice = await RawClient.ConnectAsync(stack, 2);
        await using var gone = await RawClient.ConnectAsync(stack, 2);
        var (withAlice, withGone) = (await Talk.DirectAsync(troll, alice), await Talk.DirectAsync(troll, gone));

        await alice.User.CallAsync(HttpMethod.Put, Routes.Block(troll.User.Id));
        await gone.User.CallAsync(HttpMethod.Delete, Routes.OwnAccount, new DeleteAccountRequest(Api.ApiUser.Password));

        var refusal = await RawClient.RefusedAsync(() => troll.SendAsync(withAlice, troll.EnvelopeFor(alice)));
        Assert.Equal(ErrorCodes.RecipientUnavailable, refusal.Code);
        Assert.Equal(refusal, await RawClient.RefusedAsync(() => troll.SendAsync(withGone, troll.EnvelopeFor(gone))));
    }

    private static async Task<string?> CodeAsync(RawClient sender, Guid conversation, RawClient other)
    {
        try
        {
            await sender.SendAsync(conversation, sender.EnvelopeFor(other));
            return null;
        }
        catch (Microsoft.AspNetCore.SignalR.HubException refusal)
        {
            return ChatError.Parse(refusal.Message).Code;
        }
    }
}
