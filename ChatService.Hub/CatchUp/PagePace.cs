using ChatService.Contracts;

namespace ChatService.Hub.CatchUp;

/// <summary>
/// How large the next page may be, from how long the connection took with the one before. A page holds up whatever else is for
/// the connection, and with stateful reconnect one that is not acknowledged within five seconds ends it: on a slow line, each
/// attempt at a large page would. On a fast one, where there is an acknowledgement a second, small pages would take for ever.
/// </summary>
public sealed class PagePace(TimeProvider time)
{
    private const int Smallest = 64 * 1024;
    private const int Largest = 1024 * 1024;

    // The time includes up to a second in which the client had not acknowledged yet.
    private static readonly TimeSpan s_quick = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(3);

    private int _averageMessage = Smallest / Limits.HistoryPage;
    private int _sending;
    private long _since;

    /// <summary>Base64 characters at which a page ends.</summary>
    public int Size { get; private set; } = Smallest;

    /// <summary>Messages at which a page ends, which is how many are read: about as many as fit.</summary>
    public int Messages => Math.Clamp((Size / _averageMessage) + 1, 1, Limits.HistoryPage);

    public void Sending(IReadOnlyCollection<SealedMessage> page)
    {
        ArgumentNullException.ThrowIfNull(page);
        _sending = page.Sum(message => message.EncryptedContent.Length);
        _averageMessage = Math.Max(1, page.Count == 0 ? _averageMessage : _sending / page.Count);
        _since = time.GetTimestamp();
    }

    public void Sent()
    {
        var taken = time.GetElapsedTime(_since);
        if (taken > s_slow)
        {
            Size = Math.Max(Size / 2, Smallest);
        }
        else if (taken < s_quick && _sending >= Size / 2)
        {
            Size = Math.Min(Size * 2, Largest);
        }
    }
}
