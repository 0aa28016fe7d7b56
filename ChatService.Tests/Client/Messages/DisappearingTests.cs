using ChatService.Client;
using ChatService.Client.CatchUp;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Client.Outbox;
using ChatService.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatService.Tests.Client.Messages;

public class DisappearingTests
{
    private static readonly DateTime s_start = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly FakeTimeProvider _time = new(s_start);
    private readonly Guid _talk = Guid.CreateVersion7();
    private readonly Guid _alice = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_goes_with_its_edits_when_its_time_is_over_and_never_comes_again()
    {
        var notebook = new Notebook(Guid.CreateVersion7(), _time);
        var said = Said(1, new TextContent("a secret") { ExpiresAfter = 60 });
        await notebook.SaveAsync(said, Said(2, new EditContent(said.Id, "another secret") { ExpiresAfter = 3600 }), Said(3, new TextContent("stays")));

        _time.Advance(TimeSpan.FromSeconds(59));
        await ForgetAsync(notebook);
        Assert.Equal(["another secret", "stays"], await TextsAsync(notebook));

        _time.Advance(TimeSpan.FromSeconds(1));
        // Not shown from that moment on, whether or not it has been cleared away.
        Assert.Equal(["stays"], await TextsAsync(notebook));
        var gone = await ForgetAsync(notebook);

        Assert.Equal(said.Id, Assert.Single(gone).MessageId);
        Assert.False(notebook.Holds("secret"));
        await notebook.SaveAsync(said with { Sequence = 4 });
        Assert.Equal(["stays"], await TextsAsync(notebook));
    }

    [Fact]
    public async Task An_edit_does_not_end_before_the_message_that_it_is_about_and_an_edit_of_nothing_ends_alone()
    {
        var notebook = new Notebook(Guid.CreateVersion7(), _time);
        var said = Said(1, new TextContent("helo"));
        await notebook.SaveAsync(
            said, Said(2, new EditContent(said.Id, "hello") { ExpiresAfter = 1 }), Said(3, new EditContent(Guid.CreateVersion7(), "of nothing") { ExpiresAfter = 1 }));

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(await ForgetAsync(notebook));

        Assert.Equal(["hello"], await TextsAsync(notebook));
        Assert.False(notebook.Holds("of nothing"));
    }

    [Theory]
    [InlineData(60, 0, 60)]
    [InlineData(60, -50, 10)]
    [InlineData(60, 3600, 60)]
    [InlineData(int.MaxValue, 0, Limits.MessageTimerSeconds)]
    public void The_time_counts_from_the_commit_but_no_server_and_no_sender_can_make_it_longer_than_it_may_be(int after, int createdIn, int endsIn) =>
        Assert.Equal(s_start.AddSeconds(endsIn), MessageExpiry.Of(new TextContent("") { ExpiresAfter = after }, s_start.AddSeconds(createdIn), s_start));

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(-5)]
    public void Without_a_time_a_message_stays(int? after) =>
        Assert.Null(MessageExpiry.Of(new TextContent("") { ExpiresAfter = after }, s_start, s_start));

    [Fact]
    public void A_content_of_an_unknown_type_ends_too() =>
        Assert.Equal(60, ContentJson.Read("""{"type":"hologram","expiresAfter":60}""").ExpiresAfter);

    [Fact]
    public async Task What_is_missing_at_the_end_of_catch_up_moves_the_position_and_shows_as_disappeared_where_messages_disappear()
    {
        var bob = await Receiving.CreateAsync();
        var timer = bob.SystemMessage(2) with { SystemEvent = new(SystemEventKind.TimerChanged, bob.Sender.UserId, Value: "60") };

        await bob.Processor.ApplyAsync(bob.Conversation, [await bob.SealAsync("one"), timer], isComplete: true, Ct, through: 7);

        Assert.Equal(7, await bob.PositionAsync());
        Assert.Equal(new DisappearedContent(5), (await bob.HistoryAsync())[^1].Content);
    }

    [Fact]
    public async Task Where_messages_stay_what_is_missing_shows_as_left_out()
    {
        var bob = await Receiving.CreateAsync();

        await bob.Processor.ApplyAsync(bob.Conversation, [await bob.SealAsync("one")], isComplete: true, Ct, through: 3);

        Assert.Equal(new MissingContent(2), (await bob.HistoryAsync())[^1].Content);
        await using var transaction = await bob.Receiver.Store.BeginAsync(Ct);
        Assert.Equal(3, await SyncPosition.AdvanceOverOwnAsync(transaction, bob.Conversation, Ct));
    }

    [Fact]
    public async Task What_is_sent_carries_the_timer_that_is_in_force_and_what_was_sent_before_does_not()
    {
        var notebook = new Notebook(_alice, _time);
        await using var outbox = new MessageOutbox(
            notebook.Store, null!, null!, _alice, Guid.CreateVersion7(), new ChatEvents(NullLogger.Instance), _time, NullLogger.Instance);
        List<int?> timers = [];
        foreach (var value in (string?[])[null, "60", "30", null])
        {
            await using (var transaction = await notebook.Store.BeginAsync(Ct))
            {
                await TimerStore.ApplyAsync(transaction, _talk, new(SystemEventKind.TimerChanged, _alice, Value: value), Ct);
                await transaction.CommitAsync(Ct);
            }

            timers.Add((await outbox.AddAsync(_talk, new TextContent("x"), Ct)).Message.Content.ExpiresAfter);
        }

        Assert.Equal([null, 60, 30, null], timers);
    }

    [Fact]
    public async Task Taking_a_prompt_back_is_for_the_assistant_too_and_taking_back_anything_else_is_not()
    {
        var notebook = new Notebook(_alice, _time);
        StoredMessage prompt = Said(1, new AssistantPromptContent("what is 6 times 7?")), text = Said(2, new TextContent("42"));
        await notebook.SaveAsync(prompt, text);
        await using var outbox = new MessageOutbox(
            notebook.Store, null!, null!, _alice, Guid.CreateVersion7(), new ChatEvents(NullLogger.Instance), _time, NullLogger.Instance);

        await outbox.AddAsync(_talk, new DeleteContent(prompt.Id), Ct);
        await outbox.AddAsync(_talk, new DeleteContent(text.Id), Ct);
        await outbox.AddAsync(_talk, new ReactionContent(prompt.Id, "👍"), Ct);

        await using var transaction = await notebook.Store.BeginAsync(Ct);
        Assert.Equal([true, false, false], (await OutboxStore.ListAsync(transaction, _talk, Ct)).Select(entry => entry.ForAssistant));
    }

    private StoredMessage Said(long sequence, MessageContent content) => Notebook.Message(_talk, _alice, sequence, content) with
    {
        CreatedAt = s_start,
        ExpiresAt = MessageExpiry.Of(content, s_start, s_start),
    };

    private async Task<string?[]> TextsAsync(Notebook notebook) => [.. (await notebook.HistoryAsync(_talk)).Select(message => message.Text)];

    private async Task<List<MessageChange>> ForgetAsync(Notebook notebook)
    {
        List<MessageChange> gone = [];
        var events = new ChatEvents(NullLogger.Instance);
        events.MessageChanged += gone.Add;
        await new ExpiryLoop(notebook.Store, new ArrivalLog(), events, _time, NullLogger.Instance).ForgetAsync(Ct);
        return gone;
    }
}
