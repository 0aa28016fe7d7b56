using ChatService.Client;
using ChatService.Client.Messages;

namespace ChatService.Worker.Assistant;

/// <summary>Answers a conversation's prompts one after the other, so that each is answered knowing the ones before; conversations do not wait for each other.</summary>
internal sealed partial class AnswerLanes(
    ChatClient client, WaitingPrompts waiting, Answering answering, int concurrentAnswers, ILogger logger, CancellationToken stop) : IDisposable
{
    private readonly SemaphoreSlim _places = new(concurrentAnswers);
    private readonly Dictionary<Guid, Task> _lanes = [];

    /// <summary>Durably waiting when this returns.</summary>
    public async Task AddAsync(ChatMessage prompt)
    {
        await waiting.AddAsync(prompt.ConversationId, prompt.Sequence!.Value, stop);
        Enqueue(prompt);
    }

    /// <summary>What an earlier session left.</summary>
    public async Task ResumeAsync()
    {
        foreach (var (conversationId, sequence) in await waiting.ListAsync(stop))
        {
            var found = await client.HistoryAsync(conversationId, before: sequence + 1, limit: 1, ct: stop);
            if (found is [{ Content: AssistantPromptContent or UndecryptableContent } prompt] && prompt.Sequence == sequence)
            {
                Enqueue(prompt);
            }
            else
            {
                await waiting.RemoveAsync(conversationId, sequence, stop);
            }
        }
    }

    public async Task EndAsync()
    {
        Task[] lanes;
        lock (_lanes)
        {
            lanes = [.. _lanes.Values];
        }

        await Task.WhenAll(lanes);
    }

    public void Dispose() => _places.Dispose();

    private void Enqueue(ChatMessage prompt)
    {
        lock (_lanes)
        {
            var before = _lanes.GetValueOrDefault(prompt.ConversationId, Task.CompletedTask);
            var lane = AnswerAfterAsync(before, prompt);
            _lanes[prompt.ConversationId] = lane;
            _ = lane.ContinueWith(_ => Forget(prompt.ConversationId, lane), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private void Forget(Guid conversationId, Task lane)
    {
        lock (_lanes)
        {
            if (_lanes.GetValueOrDefault(conversationId) == lane)
            {
                _lanes.Remove(conversationId);
            }
        }
    }

    private async Task AnswerAfterAsync(Task before, ChatMessage prompt)
    {
        await before;
        try
        {
            await _places.WaitAsync(stop);
            try
            {
                await Task.Run(() => answering.AnswerAsync(prompt, stop), stop);
                await waiting.RemoveAsync(prompt.ConversationId, prompt.Sequence!.Value, stop);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It goes on waiting.
        }
        catch (Exception exception)
        {
            // The session that comes after a failure of the store begins with it again.
            LogFailed(logger, prompt.Id, exception.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Prompt {PromptId} is not answered yet: {Reason}")]
    private static partial void LogFailed(ILogger logger, Guid promptId, string reason);
}
