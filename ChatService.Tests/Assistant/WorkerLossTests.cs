using ChatService.Client.Messages;
using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;
using Npgsql;

namespace ChatService.Tests.Assistant;

[Collection(nameof(Outages))]
public sealed class WorkerLossTests(AppHostFixture stack)
{
    private readonly string _word = $"w{Guid.NewGuid():n}";

    [Fact]
    public async Task The_worker_is_killed_while_it_answers_and_the_next_one_answers_once()
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        await using var bob = await Asker.ConnectAsync(stack, 2);
        var group = await alice.OpenGroupAsync(bob.Person);
        await HangTheFirstTimeAsync();

        var prompt = await alice.AskAsync(group, $"Tell me, {_word}");
        await bob.SeesAsync(prompt.Id, "Half");
        await using (var outage = await Outage.BeginAsync(stack, "worker", isKilled: true))
        {
            await outage.EndAsync();
        }

        await AssertAnsweredOnceAsync(alice, bob, group.Id, prompt.Id);
    }

    [Fact]
    public async Task Two_workers_run_and_give_one_answer_and_when_one_is_killed_the_other_goes_on()
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        await using var bob = await Asker.ConnectAsync(stack, 2);
        var group = await alice.OpenGroupAsync(bob.Person);
        // Whoever answers is the assistant; the second one waits for it to go.
        var hello = await alice.AskAsync(group, "Are you there?");
        await alice.AnswerAsync(hello.Id);
        await using var second = await WorkerProcess.StartAsync(stack);

        var before = await alice.AskAsync(group, $"How many are you? {_word}");
        Assert.Equal($"You said: How many are you? {_word}", await alice.AnswerTextAsync(before.Id));
        Assert.Single((await stack.ModelAsync()).BodiesWith(_word));
        Assert.False(second.IsTheAssistant.IsCompleted);

        await HangTheFirstTimeAsync();
        var prompt = await alice.AskAsync(group, $"Tell me, {_word}");
        await bob.SeesAsync(prompt.Id, "Half");
        await using (var outage = await Outage.BeginAsync(stack, "worker", isKilled: true))
        {
            await second.IsTheAssistant.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
            await AssertAnsweredOnceAsync(alice, bob, group.Id, prompt.Id, earlier: 4);
            await outage.EndAsync();
        }
    }

    [Fact]
    public async Task What_was_asked_while_the_worker_was_away_is_answered_when_it_is_back_but_not_after_ten_minutes_and_what_it_was_removed_from_is_forgotten()
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        await using var bob = await Asker.ConnectAsync(stack, 2);
        var (mine, his) = (await alice.OpenWithAssistantAsync(), await bob.OpenWithAssistantAsync());
        var tables = new AssistantTables(stack);
        var left = await alice.OpenGroupAsync(bob.Person);
        await Patience.UntilAsync(async () => await tables.CountAsync(left.Id) != 0, "the assistant has stored that it is in the group");
        ChatMessage recent, old;
        await using (var outage = await Outage.BeginAsync(stack, "worker", isKilled: false))
        {
            recent = await alice.AskAsync(mine, "Are you away?");
            old = await bob.AskAsync(his, "Were you away?");
            await ExecuteAsync("UPDATE messages SET created_at = created_at - interval '11 minutes' WHERE id = $1", old.Id);
            await alice.Person.Client.RemoveMemberAsync(left, left.Assistant!.UserId, TestContext.Current.CancellationToken);
            Assert.NotEqual(0, await tables.CountAsync(left.Id));
            await outage.EndAsync();
        }

        await Patience.UntilAsync(async () => await tables.CountAsync(left.Id) == 0, "nothing of the group is left");
        Assert.Equal("You said: Are you away?", await alice.AnswerTextAsync(recent.Id));
        Assert.StartsWith("I was away when you asked, and that is more than ten minutes ago", await bob.AnswerTextAsync(old.Id), StringComparison.Ordinal);
        Assert.Empty((await stack.ModelAsync()).BodiesWith("Were you away?"));
    }

    [Fact]
    public async Task Alice_is_gone_when_the_assistant_asks_for_what_it_cannot_open_and_is_answered_when_she_is_back()
    {
        var alice = await Asker.ConnectAsync(stack, 1);
        var direct = await alice.OpenWithAssistantAsync();
        var before = await alice.AskAsync(direct, "Do you hear me?");
        await alice.AnswerAsync(before.Id);

        var tables = new AssistantTables(stack);
        ChatMessage lost;
        await using (var outage = await Outage.BeginAsync(stack, "worker", isKilled: false))
        {
            await tables.LoseSessionsWithAsync(alice.Person.Client.DeviceId);
            lost = await alice.AskAsync(direct, $"And now, {_word}?");
            await alice.DisposeAsync();
            await outage.EndAsync();
        }

        await Patience.UntilAsync(async () => await tables.CountAsync(direct.Id, "waiting-prompts") == 1, "the prompt waits");
        Assert.Empty((await stack.ModelAsync()).BodiesWith(_word));

        await using var back = await alice.ComeBackAsync();
        Assert.Equal($"You said: And now, {_word}?", await back.AnswerTextAsync(lost.Id));
        Assert.Single((await stack.ModelAsync()).BodiesWith(_word));
    }

    [Fact]
    public async Task When_nothing_can_be_counted_nothing_is_answered_by_the_model()
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        var direct = await alice.OpenWithAssistantAsync();
        await ExecuteAsync("ALTER TABLE assistant.usage RENAME TO usage_away");
        try
        {
            var prompt = await alice.AskAsync(direct, $"What does it cost, {_word}?");
            Assert.StartsWith("I cannot look up how much may be asked", await alice.AnswerTextAsync(prompt.Id), StringComparison.Ordinal);
            Assert.Empty((await stack.ModelAsync()).BodiesWith(_word));
        }
        finally
        {
            await ExecuteAsync("ALTER TABLE assistant.usage_away RENAME TO usage");
        }
    }

    private async Task HangTheFirstTimeAsync()
    {
        var calls = 0;
        (await stack.ModelAsync()).When(_word, async call =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                await call.TokenAsync("Half");
                await Task.Delay(Timeout.Infinite, call.Gone);
            }

            await call.SayAsync("The whole of it");
        });
    }

    /// <param name="earlier">Messages before the prompt.</param>
    private async Task AssertAnsweredOnceAsync(Asker alice, Asker bob, Guid conversationId, Guid promptId, int earlier = 0)
    {
        Assert.Equal("The whole of it", await alice.AnswerTextAsync(promptId));
        Assert.Equal("The whole of it", await bob.AnswerTextAsync(promptId));
        Assert.Equal([promptId, AnswerId.For(promptId)], (await new Ledger(stack).MessagesAsync(conversationId)).Skip(earlier));
    }

    private async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var connection = new NpgsqlConnection(await stack.ConnectionStringAsync("chatdb"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
