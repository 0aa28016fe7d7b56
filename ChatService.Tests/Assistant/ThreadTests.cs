using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.Assistant;

/// <summary>What the assistant keeps, and for how long.</summary>
public sealed class ThreadTests(AppHostFixture stack)
{
    private readonly string _word = $"w{Guid.NewGuid():n}";
    private readonly AssistantTables _tables = new(stack);

    [Fact]
    public async Task Of_a_conversation_the_last_twenty_messages_are_kept_and_sent_and_no_more()
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        await using var bob = await Asker.ConnectAsync(stack, 2);
        var group = await alice.OpenGroupAsync(bob.Person);

        // Two people, since one may ask ten times a minute.
        for (var number = 1; number <= 12; number++)
        {
            var asker = number % 2 == 0 ? alice : bob;
            var prompt = await asker.AskAsync(group, $"{_word} number {number}!");
            await asker.AnswerAsync(prompt.Id);
        }

        var last = (await stack.ModelAsync()).BodiesWith($"{_word} number 12!").Single();
        Assert.DoesNotContain($"{_word} number 1!", last, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(2, 10), number => Assert.Contains($"You said: {_word} number {number}!", last, StringComparison.Ordinal));
        await Patience.UntilAsync(async () => await _tables.CountAsync(group.Id, "messages") == 20, "the last ten questions and answers are kept");
        Assert.Equal(20, await _tables.CountAsync(group.Id, "message-sequences"));
        Assert.Equal(10, await _tables.CountAsync(group.Id, "sent-envelopes"));
        Assert.Equal(0, await _tables.CountAsync(group.Id, "waiting-prompts"));
    }

    [Fact]
    public async Task When_the_assistant_is_removed_its_thread_goes_and_when_it_is_back_it_knows_nothing_of_before()
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        await using var bob = await Asker.ConnectAsync(stack, 2);
        var group = await alice.OpenGroupAsync(bob.Person);
        var before = await alice.AskAsync(group, $"Remember {_word}");
        await alice.AnswerAsync(before.Id);
        Assert.NotEqual(0, await _tables.CountAsync(group.Id));

        await alice.Person.Client.RemoveMemberAsync(group, group.Assistant!.UserId, TestContext.Current.CancellationToken);
        await NothingIsLeftAsync(group.Id);

        group = await alice.Person.Client.AddMemberAsync(group, "gpt", TestContext.Current.CancellationToken);
        var after = await alice.AskAsync(group, $"What did I say? {_word[..8]}");
        await alice.AnswerAsync(after.Id);
        Assert.Single((await stack.ModelAsync()).BodiesWith(_word));
    }

    [Fact]
    public async Task When_a_group_is_deleted_its_thread_goes()
    {
        await using var alice = await Asker.ConnectAsync(stack, 2);
        var group = await alice.OpenGroupAsync();
        var prompt = await alice.AskAsync(group, $"Remember {_word}");
        await alice.AnswerAsync(prompt.Id);
        Assert.NotEqual(0, await _tables.CountAsync(group.Id));

        await alice.Person.Account.CallAsync(HttpMethod.Delete, Routes.Conversation(group.Id));

        await NothingIsLeftAsync(group.Id);
    }

    [Fact]
    public async Task When_an_account_is_deleted_what_its_user_said_to_the_assistant_alone_goes()
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        var direct = await alice.OpenWithAssistantAsync();
        var prompt = await alice.AskAsync(direct, $"Remember {_word}");
        await alice.AnswerAsync(prompt.Id);
        Assert.NotEqual(0, await _tables.CountAsync(direct.Id));

        await alice.Person.Account.CallAsync(HttpMethod.Delete, Routes.OwnAccount, new DeleteAccountRequest(ApiUser.Password));

        await NothingIsLeftAsync(direct.Id);
    }

    private async Task NothingIsLeftAsync(Guid conversationId)
    {
        var left = "";
        await Patience.UntilAsync(
            async () => (left = await _tables.NamesAsync(conversationId)).Length == 0, () => $"nothing of the conversation is left in {left}");
    }
}
