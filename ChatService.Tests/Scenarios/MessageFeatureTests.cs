using System.Collections.Concurrent;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Contracts;
using ChatService.Core.Messages;
using ChatService.Core.Storage;
using ChatService.Tests.AppHost;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Tests.Scenarios;

public sealed class MessageFeatureTests(AppHostFixture stack)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alice_and_Bob_answer_edit_react_and_take_back_and_both_see_the_same_on_all_devices()
    {
        await using var alice = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        await using var bob = await Person.ConnectAsync(stack, await stack.HubAsync(2));
        await using var tablet = await Person.ConnectAsync(stack, await stack.HubAsync(1), bob);
        var conversation = await alice.OpenAsync(bob);
        ConcurrentQueue<MessageChangeKind> changes = [];
        bob.Client.Events.MessageChanged += change => changes.Enqueue(change.Kind);

        var question = await alice.SayAsync(conversation, "Shall we meat at six?");
        await alice.Client.EditAsync(question, "Shall we meet at six?", Ct);
        await bob.HearsAtLeastAsync(1);
        await Patience.UntilAsync(() => !changes.IsEmpty, "Bob hears of the edit before he answers");
        var heard = bob.Heard[0];
        await bob.Client.ReactAsync(heard, "👍", Ct);
        await bob.Client.ReactAsync(heard, "🎉", Ct);
        await bob.Client.UnreactAsync(heard, "👍", Ct);
        var answer = await bob.Client.ReplyAsync(heard, "Yes, at the usual place", Ct);
        var slip = await bob.SayAsync(conversation, "my password is hunter2");
        await bob.Client.DeleteAsync(slip, Ct);
        await bob.SayAsync(conversation, "done");

        foreach (var device in (Person[])[alice, bob, tablet])
        {
            await Patience.UntilAsync(async () => await device.HistoryAsync(conversation) is [.., { Text: "done" }], "the last message is there");
            var history = (await device.HistoryAsync(conversation)).Where(message => message.Content is not SystemContent).ToArray();
            Assert.Equal(["Shall we meet at six?", "Yes, at the usual place", null, "done"], history.Select(message => message.Text));
            Assert.NotNull(history[0].EditedAt);
            var reaction = Assert.Single(history[0].Reactions);
            Assert.Equal(("🎉", bob.Id), (reaction.Emoji, Assert.Single(reaction.UserIds)));
            Assert.Equal((question.Id, answer.Id), (history[1].ReplyTo, history[1].Id));
            Assert.True(history[2].IsDeleted);
        }

        await Patience.UntilAsync(() => changes.Count >= 5, "Bob's application was told");
        Assert.Equal(
            [MessageChangeKind.Edited, MessageChangeKind.Reacted, MessageChangeKind.Reacted, MessageChangeKind.Reacted, MessageChangeKind.Deleted], changes);
    }

    [Fact]
    public async Task Bob_was_away_and_catches_up_on_what_was_said_changed_and_taken_back()
    {
        await using var alice = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        await using var door = new Doorway(await stack.HubAsync(2));
        await using var bob = await Person.ConnectAsync(stack, door.Address);
        var conversation = await alice.OpenAsync(bob);
        var early = await alice.SayAsync(conversation, "early");
        await bob.HearsAsync("early");

        await bob.Client.DisposeAsync();
        var late = await alice.SayAsync(conversation, "late");
        await alice.Client.EditAsync(early, "earlier", Ct);
        await alice.Client.EditAsync(late, "later", Ct);
        await alice.Client.ReactAsync(late, "👀", Ct);
        var never = await alice.SayAsync(conversation, "never");
        await alice.Client.DeleteAsync(never, Ct);
        await using var back = await bob.ComeBackAsync();

        await Patience.UntilAsync(async () => await back.HistoryAsync(conversation) is [.., { IsDeleted: true }], "Bob has all of it");
        var history = (await back.HistoryAsync(conversation)).Where(message => message.Content is not SystemContent).ToArray();
        Assert.Equal(["earlier", "later", null], history.Select(message => message.Text));
        Assert.Equal("👀", Assert.Single(history[1].Reactions).Emoji);
        Assert.DoesNotContain("never", back.HeardTexts);
    }

    [Fact]
    public async Task A_message_disappears_from_the_device_and_from_the_server_and_who_was_away_does_not_wait_for_it()
    {
        await using var alice = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        await using var bob = await Person.ConnectAsync(stack, await stack.HubAsync(2));
        var conversation = await alice.OpenAsync(bob);
        await alice.SayAsync(conversation, "before");
        await bob.HearsAsync("before");
        var gone = new TaskCompletionSource();
        alice.Client.Events.MessageChanged += change =>
        {
            if (change.Kind == MessageChangeKind.Disappeared)
                gone.TrySetResult();
        };

        await bob.Client.SetTimerAsync(await bob.OpenAsync(alice), TimeSpan.FromHours(1), Ct);
        await Patience.UntilAsync(async () => (await alice.HistoryAsync(conversation)).Any(IsTimer), "Alice sees that the timer changed");
        var lasting = await alice.SayAsync(conversation, "lasts an hour");
        await bob.HearsAsync("lasts an hour");
        Assert.Equal(lasting.ExpiresAt, bob.Heard[^1].ExpiresAt);
        Assert.NotNull(lasting.ExpiresAt);
        await bob.Client.DisposeAsync();
        await alice.Client.SetTimerAsync(conversation, TimeSpan.FromSeconds(1), Ct);
        var unheard = await alice.SayAsync(conversation, "unheard");
        await gone.Task.WaitAsync(Patience.Limit, Ct);
        await Patience.UntilAsync(() => HasExpiredAsync(unheard), "the server has forgotten it");
        Assert.Equal(["before", "lasts an hour"], (await alice.HistoryAsync(conversation)).Select(message => message.Text).OfType<string>());

        // What is gone at the end of the conversation, and what is gone in the middle of it.
        await using (var back = await bob.ComeBackAsync())
        {
            await Patience.UntilAsync(async () => (await back.HistoryAsync(conversation))[^1].Content is DisappearedContent, "Bob knows that something is gone");
        }

        await alice.Client.SetTimerAsync(conversation, null, Ct);
        await alice.SayAsync(conversation, "after");
        await using var again = await bob.ComeBackAsync();
        await Patience.UntilAsync(async () => (await again.HistoryAsync(conversation))[^1].Text == "after", "Bob hears what came after");
        var history = await again.HistoryAsync(conversation);
        Assert.Equal(["before", "lasts an hour", "after"], history.Select(message => message.Text).OfType<string>());
        Assert.Equal(new DisappearedContent(1), Assert.Single(history, message => message.Content is DisappearedContent).Content);
        Assert.Null(history[^1].ExpiresAt);
    }

    [Fact]
    public async Task In_a_group_only_its_owner_and_admins_change_the_timer_and_everyone_sees_it()
    {
        await using var alice = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        await using var bob = await Person.ConnectAsync(stack, await stack.HubAsync(2));
        await using var stranger = await Person.ConnectAsync(stack, await stack.HubAsync(2));
        var group = await alice.Client.CreateGroupAsync("Trip", [bob.Handle], Ct);
        await Patience.UntilAsync(async () => await bob.Client.FindConversationAsync(group.Id, Ct) is not null, "Bob is in the group");

        Assert.Equal(ErrorCodes.Forbidden, (await Assert.ThrowsAsync<ChatService.Client.ChatException>(() => bob.Client.SetTimerAsync(group, TimeSpan.FromHours(1), Ct))).Code);
        Assert.Equal(ErrorCodes.NotFound, (await Assert.ThrowsAsync<ChatService.Client.ChatException>(() => stranger.Client.SetTimerAsync(group, TimeSpan.FromHours(1), Ct))).Code);
        Assert.Equal(ErrorCodes.InvalidArgument, (await Assert.ThrowsAsync<ChatService.Client.ChatException>(() => alice.Client.SetTimerAsync(group, TimeSpan.FromDays(29), Ct))).Code);

        var changed = await alice.Client.SetTimerAsync(group, TimeSpan.FromHours(1), Ct);

        Assert.Equal(TimeSpan.FromHours(1), changed.Timer);
        await Patience.UntilAsync(async () => (await bob.Client.FindConversationAsync(group.Id, Ct))?.Timer == TimeSpan.FromHours(1), "Bob's timer is set");
        var told = (await bob.HistoryAsync(group)).Last(IsTimer);
        Assert.Equal(new SystemEvent(SystemEventKind.TimerChanged, alice.Id, Value: "3600"), ((SystemContent)told.Content).Event);
    }

    private static bool IsTimer(ChatMessage message) => message.Content is SystemContent { Event.Kind: SystemEventKind.TimerChanged };

    /// <summary>Deletes as the worker does, and says whether the message is gone.</summary>
    private async Task<bool> HasExpiredAsync(ChatMessage message)
    {
        var options = new DbContextOptionsBuilder<ChatDbContext>().UseNpgsql(await stack.ConnectionStringAsync("chatdb"));
        ChatDbContextOptions.Configure(options);
        await using var db = new ChatDbContext(options.Options);
        await MessageUpkeep.DeleteExpiredAsync(db, DateTime.UtcNow, 100, Ct);
        return !await db.Messages.AnyAsync(stored => stored.ConversationId == message.ConversationId && stored.Id == message.Id, Ct);
    }
}
