using ChatService.Tests.AppHost;

namespace ChatService.Tests.Assistant;

public sealed class ModelFailureTests(AppHostFixture stack)
{
    public static TheoryData<string, string> Failures { get; } = new()
    {
        { "key", "refused the key" },
        { "model", "is not found (404)" },
        { "context", "too long for the model" },
        { "refusal", "refused the question (400)" },
        { "quota", "is busy (429): ask again in 3600 s" },
        { "outage", "is busy or out of order (503)" },
        { "silence", "gave an empty answer" },
        { "hang-up", "cannot be reached" },
        { "hang-up later", "Half an answer\n\n[The answer broke off here" },
        { "no end", "Half an answer\n\n[The answer broke off here" },
        { "nonsense", "Half an answer\n\n[The answer broke off here" },
        { "length", "Half an answer\n\n[The answer was cut here" },
        { "filter", "Half an answer\n\n[The provider's content filter" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task The_model_fails_and_the_assistant_says_how_and_can_be_asked_again(string way, string sentence)
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        var direct = await alice.OpenWithAssistantAsync();
        var word = $"w{Guid.NewGuid():n}";
        var model = await stack.ModelAsync();
        var seen = new TaskCompletionSource();
        model.When(word, call => FailAsync(call, way, seen.Task));

        var failed = await alice.AskAsync(direct, $"Will you fail, {word}?");
        if (sentence.StartsWith("Half", StringComparison.Ordinal))
        {
            await alice.SeesAsync(failed.Id, "Half an answer");
        }

        seen.SetResult();
        Assert.Contains(sentence, await alice.AnswerTextAsync(failed.Id), StringComparison.Ordinal);

        model.When(word, call => call.SayAsync("Here I am again"));
        var again = await alice.AskAsync(direct, $"And now, {word}?");
        Assert.Equal("Here I am again", await alice.AnswerTextAsync(again.Id));
    }

    [Fact]
    public async Task A_busy_model_that_says_when_to_come_back_is_asked_again_then()
    {
        await using var alice = await Asker.ConnectAsync(stack, 2);
        var direct = await alice.OpenWithAssistantAsync();
        var word = $"w{Guid.NewGuid():n}";
        var model = await stack.ModelAsync();
        var calls = 0;
        model.When(word, call => Interlocked.Increment(ref calls) == 1 ? call.RefuseAsync(429, "rate_limit", "slow down", retryAfter: 1) : call.SayAsync("Now"));

        var prompt = await alice.AskAsync(direct, $"Are you busy, {word}?");

        Assert.Equal("Now", await alice.AnswerTextAsync(prompt.Id));
        Assert.Equal(2, calls);
    }

    private static async Task FailAsync(ModelCall call, string way, Task seen)
    {
        if (way is "hang-up later" or "no end" or "nonsense" or "length" or "filter")
        {
            await call.TokenAsync("Half an answer");
        }

        // A connection that is reset takes along what was not read yet.
        await seen;

        await (way switch
        {
            "key" => call.RefuseAsync(401, "invalid_api_key", "Incorrect API key provided."),
            "model" => call.RefuseAsync(404, "model_not_found", "There is no such model."),
            "context" => call.RefuseAsync(400, "context_length_exceeded", "This model's maximum context length is 8192 tokens."),
            "refusal" => call.RefuseAsync(400, "content_policy", "No."),
            "quota" => call.RefuseAsync(429, "insufficient_quota", "You exceeded your quota.", retryAfter: 3600),
            "outage" => call.RefuseAsync(503, "overloaded", "Later."),
            "silence" => call.EndAsync(),
            "nonsense" => call.NonsenseAsync(),
            "length" => call.EndAsync("length"),
            "filter" => call.EndAsync("content_filter"),
            _ => Task.CompletedTask,
        });
        if (way is "hang-up" or "hang-up later")
        {
            call.HangUp();
        }
    }
}
