using ChatService.Tests.AppHost;
using Npgsql;

namespace ChatService.Tests.Assistant;

public sealed class BudgetTests(AppHostFixture stack)
{
    [Fact]
    public async Task Who_asks_too_often_in_a_minute_is_told_when_to_ask_again()
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        var direct = await alice.OpenWithAssistantAsync();

        // Ten a minute are allowed, and the minute may end in between.
        for (var asked = 1; asked <= 21; asked++)
        {
            var prompt = await alice.AskAsync(direct, $"Question {asked}");
            var answer = await alice.AnswerTextAsync(prompt.Id);
            if (answer.StartsWith("You have asked me as often as is allowed in a minute: ask again in", StringComparison.Ordinal))
            {
                Assert.True(asked > 10);
                return;
            }

            Assert.Equal($"You said: Question {asked}", answer);
        }

        Assert.Fail("Nobody was refused.");
    }

    [Fact]
    public async Task Tokens_are_counted_for_the_user_and_the_conversation_and_end_for_the_day()
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        var direct = await alice.OpenWithAssistantAsync();
        var first = await alice.AskAsync(direct, "What does this cost?");
        await alice.AnswerAsync(first.Id);

        // As the provider counted: a token for each four characters, and ten.
        var expected = ("What does this cost?".Length / 4) + 10;
        foreach (var scope in (Guid[])[alice.Person.Id, direct.Id])
        {
            Assert.Equal(expected, await TokensAsync("SELECT tokens FROM assistant.usage WHERE scope_id = $1", scope));
        }

        await TokensAsync("UPDATE assistant.usage SET tokens = 500000 WHERE scope_id = $1 RETURNING tokens", direct.Id);
        var second = await alice.AskAsync(direct, "And once more?");
        Assert.Equal("This conversation's tokens for today are used up: ask again after midnight UTC.", await alice.AnswerTextAsync(second.Id));
        Assert.Empty((await stack.ModelAsync()).BodiesWith("And once more?"));
    }

    private async Task<long?> TokensAsync(string sql, Guid scope)
    {
        await using var connection = new NpgsqlConnection(await stack.ConnectionStringAsync("chatdb"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = scope } } };
        return (long?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
