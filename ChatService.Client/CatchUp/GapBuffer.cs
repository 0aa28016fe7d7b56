using ChatService.Contracts;

namespace ChatService.Client.CatchUp;

/// <summary>Live messages that came before their turn, and how far each conversation is known to reach. Bounded: the rest comes with CatchUp.</summary>
internal sealed class GapBuffer
{
    public const int PerConversation = 256;
    public const int Total = 4096;

    private readonly Dictionary<Guid, Early> _conversations = [];
    private int _count;

    /// <summary>Something is known to be missing.</summary>
    public bool HasGaps => _conversations.Count > 0;

    public IReadOnlyCollection<Guid> Conversations => [.. _conversations.Keys];

    public void Note(Guid conversationId, long sequence)
    {
        var early = Of(conversationId);
        early.Highest = Math.Max(early.Highest, sequence);
    }

    public void Add(SealedMessage message)
    {
        Note(message.ConversationId, message.Sequence);
        var waiting = Of(message.ConversationId).Messages;
        if (_count < Total && waiting.Count < PerConversation && waiting.TryAdd(message.Sequence, message))
            _count++;
    }

    /// <summary>What can be processed now, in order; everything at or below the position is forgotten.</summary>
    public List<SealedMessage> TakeAfter(Guid conversationId, long position)
    {
        List<SealedMessage> ready = [];
        if (!_conversations.TryGetValue(conversationId, out var early))
            return ready;

        while (early.Messages.Count > 0)
        {
            var (sequence, message) = early.Messages.First();
            if (sequence > position + 1)
                break;
            early.Messages.Remove(sequence);
            _count--;
            if (sequence == position + 1)
            {
                ready.Add(message);
                position = sequence;
            }
        }

        if (early.Highest <= position)
            _conversations.Remove(conversationId);
        return ready;
    }

    public void Forget(Guid conversationId)
    {
        if (_conversations.Remove(conversationId, out var early))
            _count -= early.Messages.Count;
    }

    private Early Of(Guid conversationId)
    {
        if (!_conversations.TryGetValue(conversationId, out var early))
            _conversations[conversationId] = early = new();
        return early;
    }

    private sealed class Early
    {
        public SortedDictionary<long, SealedMessage> Messages { get; } = [];

        public long Highest { get; set; }
    }
}
