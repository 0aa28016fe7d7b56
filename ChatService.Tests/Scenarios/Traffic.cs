using System.Collections.Concurrent;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;

namespace ChatService.Tests.Scenarios;

/// <summary>Somebody who keeps writing, each message after the one before it was acknowledged, whatever happens to the servers.</summary>
internal sealed class Traffic
{
    // Below the rate that the server allows.
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(60);

    private readonly ConcurrentQueue<ChatMessage> _acknowledged = new();
    private readonly Task _writing;
    private volatile bool _isOver;

    public Traffic(Person writer, Conversation conversation) => _writing = WriteAsync(writer, conversation);

    public int Count => _acknowledged.Count;

    /// <param name="circumstances">For the report if it does not.</param>
    public Task GrowsByAsync(int count, Func<string>? circumstances = null)
    {
        var goal = Count + count;
        return Patience.UntilAsync(
            () => Task.FromResult(Count >= goal || _writing.IsFaulted), () => $"{goal} messages are acknowledged{circumstances?.Invoke()}");
    }

    /// <summary>Everything that was acknowledged, in order.</summary>
    public async Task<IReadOnlyList<ChatMessage>> StopAsync()
    {
        _isOver = true;
        await _writing.WaitAsync(Patience.Limit);
        return [.. _acknowledged];
    }

    private async Task WriteAsync(Person writer, Conversation conversation)
    {
        for (var number = 1; !_isOver; number++)
        {
            _acknowledged.Enqueue(await writer.SayAsync(conversation, $"number {number}"));
            await Task.Delay(s_pace, TestContext.Current.CancellationToken);
        }
    }
}
