using System.Collections.Concurrent;
using ChatService.Client;
using ChatService.Client.Messages;

namespace ChatService.Worker.Assistant;

/// <summary>Answers a conversation's prompts one after the other, so that each is answered knowing the ones before; conversations do not wait for each other.</summary>
internal sealed partial class AnswerLanes : IDisposable
{
    private readonly ChatClient _client;
    private readonly WaitingPrompts _waiting;
    private readonly LatePrompts _late;
    private readonly Answering _answering;
    private readonly ThreadUpkeep _upkeep;
    private readonly ILogger _logger;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenSource _ending;
    private readonly SemaphoreSlim _places;
    private readonly Dictionary<Guid, Task> _lanes = [];
    private readonly ConcurrentDictionary<Guid, Task> _awaited = new();

    public AnswerLanes(
        ChatClient client, WaitingPrompts waiting, LatePrompts late, Answering answering, ThreadUpkeep upkeep, int concurrentAnswers, ILogger logger, CancellationToken stop)
    {
        (_client, _waiting, _late, _answering, _upkeep, _logger, _stop) = (client, waiting, late, answering, upkeep, logger, stop);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _places = new(concurrentAnswers);
        client.Events.ConversationLeft += Forget;
    }

    /// <summary>Durably waiting when this returns.</summary>
    public async Task AddAsync(ChatMessage prompt)
    {
        await _waiting.AddAsync(prompt.ConversationId, prompt.Sequence!.Value, _stop);
        await BeginAsync(prompt);
    }

    /// <summary>What an earlier session left, and what happened since.</summary>
    public async Task ResumeAsync()
    {
        foreach (var conversationId in await _upkeep.LeftAsync(_stop))
        {
            Forget(conversationId);
        }

        foreach (var (conversationId, sequence) in await _waiting.ListAsync(_stop))
        {
            var found = await _client.HistoryAsync(conversationId, before: sequence + 1, limit: 1, ct: _stop);
            if (found is [{ Content: AssistantPromptContent or UndecryptableContent } prompt] && prompt.Sequence == sequence)
            {
                await BeginAsync(prompt);
            }
            else
            {
                await _waiting.RemoveAsync(conversationId, sequence, _stop);
            }
        }
    }

    public async Task EndAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_awaited.Values);
        Task[] lanes;
        lock (_lanes)
        {
            lanes = [.. _lanes.Values];
        }

        await Task.WhenAll(lanes);
    }

    public void Dispose()
    {
        _client.Events.ConversationLeft -= Forget;
        _ending.Dispose();
        _places.Dispose();
    }

    private async Task BeginAsync(ChatMessage prompt)
    {
        if (prompt.Content is not UndecryptableContent || !await _client.Assistant.IsAwaitedAsync(prompt, _stop))
        {
            Answer(prompt);
        }
        else if (!_awaited.ContainsKey(prompt.Id))
        {
            _awaited[prompt.Id] = TryAsync(prompt.Id, () => AwaitAsync(prompt));
        }
    }

    /// <summary>Beside the lanes: nobody has to wait for a device that may be away. What can be opened after all comes as a message of its own.</summary>
    private async Task AwaitAsync(ChatMessage prompt)
    {
        var known = await _late.WaitAsync(prompt, _ending.Token);
        if (known?.Content is UndecryptableContent)
        {
            Answer(prompt);
        }
        else if (known?.Content is not AssistantPromptContent)
        {
            await _waiting.RemoveAsync(prompt.ConversationId, prompt.Sequence!.Value, _stop);
        }

        _awaited.TryRemove(prompt.Id, out _);
    }

    private void Answer(ChatMessage prompt) => Enqueue(prompt.ConversationId, () => TryAsync(prompt.Id, () => AnswerAsync(prompt)));

    private void Forget(Guid conversationId) =>
        Enqueue(conversationId, () => TryAsync(conversationId, () => _upkeep.ForgetLeftAsync(conversationId, _stop)));

    private async Task AnswerAsync(ChatMessage prompt)
    {
        await _places.WaitAsync(_stop);
        try
        {
            await Task.Run(() => _answering.AnswerAsync(prompt, _stop), _stop);
            await _waiting.RemoveAsync(prompt.ConversationId, prompt.Sequence!.Value, _stop);
            await _upkeep.ForgetBeforeAsync(prompt, _stop);
        }
        finally
        {
            _places.Release();
        }
    }

    private void Enqueue(Guid conversationId, Func<Task> work)
    {
        lock (_lanes)
        {
            var lane = AfterAsync(_lanes.GetValueOrDefault(conversationId, Task.CompletedTask), work);
            _lanes[conversationId] = lane;
            _ = lane.ContinueWith(_ => Close(conversationId, lane), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private static async Task AfterAsync(Task before, Func<Task> work)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await work();
    }

    private void Close(Guid conversationId, Task lane)
    {
        lock (_lanes)
        {
            if (_lanes.GetValueOrDefault(conversationId) == lane)
            {
                _lanes.Remove(conversationId);
            }
        }
    }

    private async Task TryAsync(Guid about, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // It goes on waiting.
        }
        catch (Exception exception)
        {
            // The session that comes after a failure of the store begins with it again.
            LogFailed(_logger, about, exception.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What was to be done about {Id} is not done yet: {Reason}")]
    private static partial void LogFailed(ILogger logger, Guid id, string reason);
}
