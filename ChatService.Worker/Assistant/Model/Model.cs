using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using Microsoft.Extensions.Options;
using OpenAI;
using OpenAI.Chat;

namespace ChatService.Worker.Assistant;

/// <summary>The model behind the assistant: OpenAI, Azure OpenAI, or whatever speaks their chat completions. It gets text and no tools.</summary>
internal sealed class Model(ModelSettings settings, IOptions<AssistantOptions> options, TimeProvider time)
{
    private const int Retries = 2;
    private const int LongestText = 64 * 1024;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_usualWait = TimeSpan.FromSeconds(1);

    private readonly OpenAI.Chat.ChatClient _client = new(
        settings.Model,
        new ApiKeyCredential(settings.Key),
        new OpenAIClientOptions
        {
            Endpoint = settings.Endpoint,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = TimeSpan.FromMinutes(10),
        });

    public ModelSettings Settings => settings;

    /// <param name="append">Takes the text as it comes.</param>
    /// <returns>Also when it failed; only a cancellation throws.</returns>
    public async Task<ModelOutcome> AnswerAsync(IReadOnlyList<ChatMessage> messages, Action<string> append, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await TryAsync(messages, append, cancellationToken);
            var wait = outcome.Failure?.RetryAfter ?? (s_usualWait * attempt);
            if (outcome is not { Text: "", Failure.Kind: ModelFailureKind.Busy } || attempt > Retries || wait > s_longestWait)
            {
                return outcome;
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task<ModelOutcome> TryAsync(IReadOnlyList<ChatMessage> messages, Action<string> append, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        ChatFinishReason? finish = null;
        ChatTokenUsage? usage = null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(_ => patience.Cancel(), null, TimeSpan.FromSeconds(options.Value.FirstTokenSeconds), Timeout.InfiniteTimeSpan);
        ModelFailure? failure = null;
        try
        {
            var updates = _client.CompleteChatStreamingAsync(
                messages, new ChatCompletionOptions { MaxOutputTokenCount = options.Value.MaxOutputTokens }, patience.Token);
            await foreach (var update in updates.WithCancellation(patience.Token))
            {
                timer.Change(TimeSpan.FromSeconds(options.Value.SilenceSeconds), Timeout.InfiniteTimeSpan);
                finish = update.FinishReason ?? finish;
                usage = update.Usage ?? usage;
                foreach (var part in update.ContentUpdate.Where(part => !string.IsNullOrEmpty(part.Text)))
                {
                    text.Append(part.Text);
                    append(part.Text);
                }

                if (text.Length > LongestText)
                {
                    finish = ChatFinishReason.Length;
                    break;
                }
            }

            failure = OfEnd(finish, text.Length);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            failure = new(text.Length == 0 ? ModelFailureKind.Timeout : ModelFailureKind.BrokenStream);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && ModelFailures.Of(exception, text.Length > 0) is { } known)
        {
            failure = known;
        }

        return new(text.ToString(), failure, usage?.InputTokenCount, usage?.OutputTokenCount);
    }

    private static ModelFailure? OfEnd(ChatFinishReason? finish, int length) => finish switch
    {
        null => new(length == 0 ? ModelFailureKind.Empty : ModelFailureKind.BrokenStream),
        ChatFinishReason.Length => new(ModelFailureKind.CutAtLimit),
        ChatFinishReason.ContentFilter => new(ModelFailureKind.Filtered),
        _ when length == 0 => new(ModelFailureKind.Empty),
        _ => null,
    };
}
