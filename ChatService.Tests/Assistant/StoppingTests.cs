using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.Assistant;

public sealed class StoppingTests(AppHostFixture stack)
{
    private readonly string _word = $"w{Guid.NewGuid():n}";
    private readonly TaskCompletionSource _hungUp = new();

    [Fact]
    public async Task Alice_no_longer_wants_the_answer_and_the_model_is_stopped_and_what_there_is_is_kept()
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        await using var bob = await Asker.ConnectAsync(stack, 2);
        var group = await alice.OpenGroupAsync(bob.Person);
        (await stack.ModelAsync()).When(_word, TalkForEverAsync);

        var prompt = await alice.AskAsync(group, $"Tell me everything, {_word}");
        await alice.SeesAsync(prompt.Id, "and so on");
        Assert.True(alice.Person.Client.Assistant.Cancel(prompt.Id));

        await _hungUp.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        Assert.EndsWith("[stopped]", await alice.AnswerTextAsync(prompt.Id), StringComparison.Ordinal);
        Assert.StartsWith("and so on", await bob.AnswerTextAsync(prompt.Id), StringComparison.Ordinal);
        Assert.False(alice.Person.Client.Assistant.Cancel(prompt.Id));
    }

    [Fact]
    public async Task What_Alice_no_longer_wants_before_its_turn_has_come_is_over_when_it_comes()
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        var direct = await alice.OpenWithAssistantAsync();
        (await stack.ModelAsync()).When(_word, TalkForEverAsync);
        var first = await alice.AskAsync(direct, $"Tell me everything, {_word}");
        await alice.SeesAsync(first.Id, "and so on");

        var second = await alice.AskAsync(direct, $"And then more, {_word}");
        Assert.True(alice.Person.Client.Assistant.Cancel(second.Id));
        Assert.True(alice.Person.Client.Assistant.Cancel(first.Id));

        Assert.EndsWith("and so on [stopped]", await alice.AnswerTextAsync(first.Id), StringComparison.Ordinal);
        // At once, or as soon as it had begun, if the two cancellations have overtaken each other.
        Assert.EndsWith("[stopped]", await alice.AnswerTextAsync(second.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_assistant_is_removed_while_it_answers_and_is_not_heard_any_more()
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        await using var bob = await Asker.ConnectAsync(stack, 2);
        var group = await alice.OpenGroupAsync(bob.Person);
        (await stack.ModelAsync()).When(_word, TalkForEverAsync);

        var prompt = await alice.AskAsync(group, $"Tell me everything, {_word}");
        await bob.SeesAsync(prompt.Id, "and so on");
        await alice.Person.Account.CallAsync(HttpMethod.Delete, Routes.ConversationMember(group.Id, group.Assistant!.UserId));

        await _hungUp.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        await Patience.UntilAsync(() => alice.SeenOf(prompt.Id).Any(answer => answer.Error is not null), "Alice is told");
        Assert.Equal(ErrorCodes.AssistantUnavailable, alice.SeenOf(prompt.Id)[^1].Error!.Code);
        await bob.Person.SayAsync(group, "It is gone");
        await alice.Person.HearsAsync("It is gone");
        Assert.DoesNotContain(AnswerId.For(prompt.Id), await new Ledger(stack).MessagesAsync(group.Id));
    }

    private async Task TalkForEverAsync(ModelCall call)
    {
        try
        {
            while (true)
            {
                await call.TokenAsync("and so on ");
                await Task.Delay(20, call.Gone);
            }
        }
        finally
        {
            _hungUp.TrySetResult();
        }
    }
}
