using System.Collections.Concurrent;
using System.Text;
using ChatService.Client;
using ChatService.Client.Assistant;
using ChatService.Client.Messages;
using Microsoft.Extensions.Options;

namespace ChatService.Worker.Assistant;

/// <summary>Answers one prompt, once, whatever happens: with the model's words, or with a sentence that says why not.</summary>
internal sealed class Answering : IDisposable
{
    /// <summary>What was asked longer ago is not answered any more.</summary>
    public static readonly TimeSpan Latest = TimeSpan.FromMinutes(10);

    private const int MostRemembered = 1024;

    private static readonly TimeSpan s_ackPatience = TimeSpan.FromSeconds(10);

    private readonly ChatClient _client;
    private readonly Model? _model;
    private readonly string _problem;
    private readonly AssistantBudget _budget;
    private readonly AssistantMetrics _metrics;
    private readonly AssistantOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> _running = new();
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> _left = new();

    /// <summary>Prompts whose turn had not come when their answer was no longer wanted.</summary>
    private readonly ConcurrentDictionary<Guid, bool> _unwanted = new();

    /// <param name="model">Null: there is none, and <paramref name="problem"/> says why.</param>
    public Answering(
        ChatClient client, Model? model, string problem, AssistantBudget budget, AssistantMetrics metrics, IOptions<AssistantOptions> options, TimeProvider time)
    {
        (_client, _model, _problem, _budget, _metrics, _options, _time) = (client, model, problem, budget, metrics, options.Value, time);
        client.Events.AnswerCancelled += OnCancelled;
        client.Events.ConversationLeft += OnLeft;
    }

    public async Task AnswerAsync(ChatMessage prompt, CancellationToken stop)
    {
        if (await _client.Assistant.IsAnsweredAsync(prompt, stop))
        {
            return;
        }

        await using var writer = _client.Assistant.BeginAnswer(prompt);
        if (!await writer.IsWelcomeAsync(stop))
        {
            _metrics.Answered("not_a_member");
            return;
        }

        if (await WriteAsync(prompt, writer, stop) is { } text)
        {
            await FinishAsync(writer, text, stop);
        }
    }

    public void Dispose()
    {
        _client.Events.AnswerCancelled -= OnCancelled;
        _client.Events.ConversationLeft -= OnLeft;
    }

    /// <summary>The next prompt of the conversation is answered knowing this answer, so it waits a moment for it to be in its place.</summary>
    private async Task FinishAsync(AnswerWriter writer, string text, CancellationToken stop)
    {
        try
        {
            await (await writer.CompleteAsync(text, stop)).WaitAsync(s_ackPatience, _time, stop);
        }
        catch (Exception exception) when (exception is TimeoutException or ChatException)
        {
            // It is in the outbox, and goes from there, or it was refused: the assistant is no longer a member.
        }
    }

    /// <summary>Null: nobody is there any more to answer.</summary>
    private async Task<string?> WriteAsync(ChatMessage prompt, AnswerWriter writer, CancellationToken stop)
    {
        if (prompt.Content is not AssistantPromptContent asked)
        {
            return Say("unreadable", AssistantSentences.Unreadable);
        }

        if (_time.GetUtcNow().UtcDateTime - prompt.CreatedAt > Latest)
        {
            return Say("too_late", AssistantSentences.TooLate);
        }

        if (_unwanted.TryRemove(prompt.Id, out _))
        {
            return Say("cancelled", AssistantSentences.Stopped);
        }

        if (_model is null)
        {
            return Say("no_model", AssistantSentences.NoModel(_problem));
        }

        var messages = await Thread.ReadAsync(_client, prompt, asked, _options.Instructions, stop);
        var taken = Estimate(Thread.Length(messages)) + _options.MaxOutputTokens;
        if (await _budget.TryTakeAsync(prompt.SenderId, prompt.ConversationId, taken, stop) is { } refusal)
        {
            return Say("budget", refusal);
        }

        using var cancelled = new CancellationTokenSource();
        using var left = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, cancelled.Token, left.Token);
        _running[prompt.Id] = cancelled;
        _left[prompt.ConversationId] = left;
        if (_unwanted.ContainsKey(prompt.Id))
        {
            await cancelled.CancelAsync();
        }

        var soFar = new StringBuilder();
        ModelOutcome? outcome = null;
        try
        {
            outcome = await AskAsync(messages, writer, soFar, either.Token);
            return Text(outcome);
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            _metrics.Answered("removed");
            return null;
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return Say("cancelled", soFar.Length == 0 ? AssistantSentences.Stopped : $"{soFar.ToString().TrimEnd()} {AssistantSentences.Stopped}");
        }
        finally
        {
            _running.TryRemove(prompt.Id, out _);
            _unwanted.TryRemove(prompt.Id, out _);
            _left.TryRemove(prompt.ConversationId, out _);
            await SettleAsync(prompt, messages, taken, outcome, soFar.Length);
        }
    }

    private async Task<ModelOutcome> AskAsync(
        IReadOnlyList<OpenAI.Chat.ChatMessage> messages, AnswerWriter writer, StringBuilder soFar, CancellationToken cancellationToken)
    {
        var asked = _time.GetTimestamp();
        var outcome = await _model!.AnswerAsync(
            messages,
            text =>
            {
                if (soFar.Length == 0)
                {
                    _metrics.Began(_time.GetElapsedTime(asked));
                }

                soFar.Append(text);
                writer.Append(text);
            },
            cancellationToken);
        _metrics.Ended(_time.GetElapsedTime(asked));
        return outcome;
    }

    private string Text(ModelOutcome outcome)
    {
        if (outcome.Failure is not { } failure)
        {
            return Say("answered", outcome.Text);
        }

        var sentence = AssistantSentences.Of(failure, _model!.Settings.Provider, _options);
        return Say(failure.Kind.ToString(), outcome.Text.Length == 0 ? sentence : $"{outcome.Text}\n\n{sentence}");
    }

    private string Say(string outcome, string text)
    {
        _metrics.Answered(outcome);
        return text;
    }

    private async Task SettleAsync(ChatMessage prompt, IReadOnlyList<OpenAI.Chat.ChatMessage> messages, int taken, ModelOutcome? outcome, int written)
    {
        // What the provider counted, else what can be guessed; nothing for a question that it did not take.
        var nothing = outcome is { InputTokens: null, Text: "" };
        var input = outcome?.InputTokens ?? (nothing ? 0 : Estimate(Thread.Length(messages)));
        var output = outcome?.OutputTokens ?? Estimate(written);
        _metrics.Used(input, output, _options);
        try
        {
            await _budget.SettleAsync(prompt.SenderId, prompt.ConversationId, taken, input + output, CancellationToken.None);
        }
        catch (Exception exception) when (exception is Npgsql.NpgsqlException or TimeoutException)
        {
            // Too much stays counted, until midnight.
        }
    }

    private static int Estimate(int characters) => (characters + 2) / 3;

    private void OnCancelled(Guid conversationId, Guid promptId)
    {
        if (_unwanted.Count < MostRemembered)
        {
            _unwanted[promptId] = true;
        }

        Cancel(_running, promptId);
    }

    private void OnLeft(Guid conversationId) => Cancel(_left, conversationId);

    private static void Cancel(ConcurrentDictionary<Guid, CancellationTokenSource> answers, Guid id)
    {
        try
        {
            if (answers.TryGetValue(id, out var answer))
            {
                answer.Cancel();
            }
        }
        catch (ObjectDisposedException)
        {
            // It ended just now.
        }
    }
}
