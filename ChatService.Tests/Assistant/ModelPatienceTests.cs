using ChatService.Worker.Assistant;
using Microsoft.Extensions.Options;
using OpenAI.Chat;

namespace ChatService.Tests.Assistant;

/// <summary>How long the model is waited for, by a clock that the test moves.</summary>
public sealed class ModelPatienceTests : IAsyncLifetime
{
    private readonly Client.SteppedTime _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly AssistantOptions _options = new() { FirstTokenSeconds = 60, SilenceSeconds = 30 };
    private readonly TaskCompletionSource _called = new();
    private readonly TaskCompletionSource _hungUp = new();
    private StandInModel _standIn = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _standIn = await StandInModel.StartAsync();

    public ValueTask DisposeAsync() => _standIn.DisposeAsync();

    [Fact]
    public async Task A_model_that_does_not_begin_is_given_up_after_a_minute_and_its_call_ends()
    {
        _standIn.When("begin", call => HangAsync(call, ""));
        var answering = AskAsync("begin", _ => { });
        await _called.Task.WaitAsync(Ct);

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(answering.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        var outcome = await answering;
        Assert.Equal(ModelFailureKind.Timeout, outcome.Failure!.Kind);
        Assert.Equal("m at h did not begin to answer within 60 s: ask again in a moment.", AssistantSentences.Of(outcome.Failure, "m at h", _options));
        await _hungUp.Task.WaitAsync(Ct);
    }

    [Fact]
    public async Task A_model_that_falls_silent_is_given_up_after_half_a_minute_and_what_it_said_is_kept()
    {
        _standIn.When("stop", call => HangAsync(call, "Half"));
        var begun = new TaskCompletionSource();
        var answering = AskAsync("stop", _ => begun.TrySetResult());
        await begun.Task.WaitAsync(Ct);

        _time.Advance(TimeSpan.FromSeconds(30));

        var outcome = await answering;
        Assert.Equal(("Half", ModelFailureKind.BrokenStream), (outcome.Text, outcome.Failure!.Kind));
        await _hungUp.Task.WaitAsync(Ct);
    }

    [Fact]
    public async Task A_busy_model_is_asked_again_after_one_second_and_after_two_more_and_then_it_is_said()
    {
        var calls = 0;
        _standIn.When("busy", call =>
        {
            calls++;
            return call.RefuseAsync(503, "overloaded", "Later.");
        });
        var answering = AskAsync("busy", _ => { });
        foreach (var pause in (TimeSpan[])[TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)])
        {
            // Beside the patience of each call.
            while (await _time.WaitBeginsAsync(Ct) != pause)
            {
            }

            _time.Advance(pause);
        }

        Assert.Equal(ModelFailureKind.Busy, (await answering).Failure!.Kind);
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task The_model_gets_texts_and_no_tools()
    {
        await AskAsync("hello", _ => { });

        using var body = System.Text.Json.JsonDocument.Parse(Assert.Single(_standIn.Bodies));
        Assert.Equal(
            ["max_completion_tokens", "messages", "model", "stream", "stream_options"],
            body.RootElement.EnumerateObject().Select(property => property.Name).Order());
    }

    private Task<ModelOutcome> AskAsync(string prompt, Action<string> append) => new Model(
        ModelSettings.Parse(_standIn.ConnectionString, out _)!, Options.Create(_options), _time).AnswerAsync([new UserChatMessage(prompt)], append, Ct);

    private async Task HangAsync(ModelCall call, string first)
    {
        if (first.Length > 0)
        {
            await call.TokenAsync(first);
        }

        _called.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, call.Gone);
        }
        finally
        {
            _hungUp.TrySetResult();
        }
    }
}
