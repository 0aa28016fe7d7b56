using ChatService.Client;
using ChatService.Client.Messages;
using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.Assistant;

public sealed class AskingTests(AppHostFixture stack)
{
    private readonly string _word = $"w{Guid.NewGuid():n}";

    [Fact]
    public async Task Alice_asks_on_one_hub_and_Bob_watches_on_the_other_and_both_have_the_answer()
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        await using var bob = await Asker.ConnectAsync(stack, 2);
        var group = await alice.OpenGroupAsync(bob.Person);
        var goOn = new TaskCompletionSource();
        (await stack.ModelAsync()).When(_word, async call =>
        {
            await call.TokenAsync("The beginning");
            await goOn.Task.WaitAsync(call.Gone);
            await call.SayAsync(" and the end.");
        });

        var prompt = await alice.AskAsync(group, $"Tell me {_word}");
        await alice.SeesAsync(prompt.Id, "The beginning");
        await bob.SeesAsync(prompt.Id, "The beginning");
        Assert.Empty(alice.Person.Heard);
        goOn.SetResult();

        Assert.Equal("The beginning and the end.", await alice.AnswerTextAsync(prompt.Id));
        Assert.Equal("The beginning and the end.", await bob.AnswerTextAsync(prompt.Id));
        await alice.SeesTheEndAsync(prompt.Id);
        await bob.SeesTheEndAsync(prompt.Id);
        Assert.Equal($"Tell me {_word}", Assert.Single(bob.Person.Heard, message => message.Id == prompt.Id).Text);
        var assistant = Assert.Single(group.Members, member => member.IsAssistant);
        Assert.Equal("gpt", assistant.Handle);
        Assert.Equal($"{StandInModel.Name} at 127.0.0.1", assistant.DisplayName);
    }

    [Fact]
    public async Task Alone_with_the_assistant_everything_is_addressed_to_it_and_it_knows_what_was_said_before()
    {
        await using var alice = await Asker.ConnectAsync(stack, 2);
        var direct = await alice.OpenWithAssistantAsync();

        var first = await alice.Person.SayAsync(direct, $"My name is {_word}");
        Assert.Equal($"You said: My name is {_word}", await alice.AnswerTextAsync(first.Id));
        var second = await alice.Person.SayAsync(direct, "What is my name?");
        await alice.AnswerAsync(second.Id);

        var body = (await stack.ModelAsync()).BodiesWith(_word)[^1];
        Assert.Contains($"You said: My name is {_word}", body, StringComparison.Ordinal);
        Assert.Contains("What is my name?", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_addressed_to_the_assistant_never_reaches_the_model_and_what_is_attached_does()
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        await using var bob = await Asker.ConnectAsync(stack, 2);
        var group = await alice.OpenGroupAsync(bob.Person);
        var (secret, shared) = ($"secret{Guid.NewGuid():n}", $"shared{Guid.NewGuid():n}");

        await bob.Person.SayAsync(group, $"Between us: {secret}");
        await alice.Person.HearsAsync($"Between us: {secret}");
        await alice.Person.SayAsync(group, $"Yes, {secret}");
        var prompt = await alice.AskAsync(group, $"Sum up {_word}", new AttachedText("bob", $"We meet at {shared}"));
        await alice.AnswerAsync(prompt.Id);
        await alice.Person.SayAsync(group, $"And after it: {secret}");
        var second = await alice.AskAsync(group, $"Once more {_word}");
        await alice.AnswerAsync(second.Id);

        var model = await stack.ModelAsync();
        Assert.Empty(model.BodiesWith(secret));
        Assert.Contains($"bob: We meet at {shared}", model.BodiesWith(_word)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_assistant_in_the_conversation_a_prompt_is_refused_and_not_stored()
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        await using var bob = await Asker.ConnectAsync(stack, 2);
        var conversation = await alice.Person.OpenAsync(bob.Person);

        var refusal = await Assert.ThrowsAsync<ChatException>(() => alice.AskAsync(conversation, "Anybody there?"));

        Assert.Equal(ErrorCodes.AssistantUnavailable, refusal.Code);
        Assert.Empty(await new Ledger(stack).MessagesAsync(conversation.Id));
    }
}
