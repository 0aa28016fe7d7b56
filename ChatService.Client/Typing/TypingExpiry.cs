using ChatService.Client.Connection;

namespace ChatService.Client.Typing;

/// <summary>
/// Who is typing, as far as anybody said so lately: the word that somebody stopped may be lost, so it ends by itself. What is
/// only said again is not told again. Used by one loop; the timers go through its inbox.
/// </summary>
internal sealed class TypingExpiry(Inbox inbox, ChatEvents events, TimeProvider time) : IDisposable
{
    /// <summary>Two of the senders' intervals: one lost repetition is not the end.</summary>
    public static readonly TimeSpan After = TimeSpan.FromSeconds(7);

    /// <summary>More than this at once is not people typing.</summary>
    private const int Most = 1000;

    private readonly Dictionary<(Guid ConversationId, Guid UserId), ITimer> _typing = [];

    public void Told(Guid conversationId, Guid userId, bool isTyping)
    {
        if (!isTyping)
            Stopped(conversationId, userId);
        else if (_typing.TryGetValue((conversationId, userId), out var timer))
            timer.Change(After, Timeout.InfiniteTimeSpan);
        else if (_typing.Count < Most)
        {
            _typing[(conversationId, userId)] = time.CreateTimer(
                _ => inbox.Post(_ =>
                {
                    Stopped(conversationId, userId);
                    return Task.CompletedTask;
                }),
                null,
                After,
                Timeout.InfiniteTimeSpan);
            events.RaiseTyping(conversationId, userId, true);
        }
    }

    /// <summary>Also what a message of theirs means.</summary>
    public void Stopped(Guid conversationId, Guid userId)
    {
        if (_typing.Remove((conversationId, userId), out var timer))
        {
            timer.Dispose();
            events.RaiseTyping(conversationId, userId, false);
        }
    }

    public void Dispose()
    {
        foreach (var timer in _typing.Values)
            timer.Dispose();
    }
}
