using ChatService.Client.Messages;
using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;
using ChatService.Worker.Assistant;
using Microsoft.Extensions.Time.Testing;

namespace ChatService.Tests.Assistant;

/// <summary>A prompt that the assistant cannot open is sealed again for it, and answered once.</summary>
public sealed class LostPromptTests(AppHostFixture stack)
{
    private readonly string _word = $"w{Guid.NewGuid():n}";
    private readonly AssistantTables _tables = new(stack);

    [Fact]
    public async Task The_assistant_loses_its_session_with_Alice_and_answers_what_she_asks_then_all_the_same_and_once()
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        await using var bob = await Asker.ConnectAsync(stack, 2);
        var group = await alice.OpenGroupAsync(bob.Person);
        var before = await alice.AskAsync(group, "Do you hear me?");
        await alice.AnswerAsync(before.Id);

        await _tables.LoseSessionsWithAsync(alice.Person.Client.DeviceId);
        var lost = await alice.AskAsync(group, $"And now, {_word}?");

        Assert.Equal($"You said: And now, {_word}?", await alice.AnswerTextAsync(lost.Id));
        Assert.Equal($"You said: And now, {_word}?", await bob.AnswerTextAsync(lost.Id));
        Assert.Single((await stack.ModelAsync()).BodiesWith(_word));
        Assert.Single((await new Ledger(stack).MessagesAsync(group.Id)), id => id == AnswerId.For(lost.Id));

        // The session that was begun for it serves on, and the thread knows what was asked late.
        var after = await alice.AskAsync(group, "What did I ask?");
        await alice.AnswerAsync(after.Id);
        Assert.Contains(_word, (await stack.ModelAsync()).Bodies.Last(body => body.Contains("What did I ask?", StringComparison.Ordinal)), StringComparison.Ordinal);
        string?[] texts = ["Do you hear me?", "You said: Do you hear me?", $"And now, {_word}?", $"You said: And now, {_word}?", "What did I ask?", "You said: What did I ask?"];
        foreach (var person in (Person[])[alice.Person, bob.Person])
        {
            await Patience.UntilAsync(
                async () => (await person.HistoryAsync(group)).Where(message => message.Content is not SystemContent).Select(message => message.Text).SequenceEqual(texts),
                $"@{person.Handle} sees questions and answers, and nothing of how they came");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_waited_for_until_ten_minutes_have_passed_or_nothing_is_asked_for_any_more(bool isGivenUp)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var prompt = new ChatMessage
        {
            Id = Guid.CreateVersion7(),
            ConversationId = Guid.CreateVersion7(),
            SenderId = Guid.CreateVersion7(),
            Sequence = 1,
            CreatedAt = time.GetUtcNow().UtcDateTime,
            Content = new UndecryptableContent(ChatService.Client.Encryption.EncryptionError.NoSession),
            State = MessageState.Received,
            IsOwn = false,
        };
        var (isAwaited, told) = (true, 0);
        var waiting = LatePrompts.UntilDecidedAsync(
            prompt,
            () => Task.FromResult(isAwaited),
            () =>
            {
                told++;
                return Task.CompletedTask;
            },
            time,
            TestContext.Current.CancellationToken);

        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(0, told);
        for (var seconds = 5; seconds <= 595; seconds += 5)
        {
            time.Advance(TimeSpan.FromSeconds(seconds == 5 ? 1 : 5));
            Assert.Equal((1, false), (told, waiting.IsCompleted));
        }

        isAwaited = !isGivenUp;
        time.Advance(TimeSpan.FromSeconds(5));
        await waiting.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        Assert.Equal(1, told);
    }
}
