using System.Collections.Concurrent;
using ChatService.Client.Connection;

namespace ChatService.Client.CatchUp;

/// <summary>What other parts tell the sync loop: how far a conversation is known to reach.</summary>
internal sealed class SyncSignals(Inbox inbox)
{
    private readonly ConcurrentQueue<(Guid ConversationId, long Sequence)> _sequences = new();

    /// <summary>The conversation has at least so many messages.</summary>
    public void NoteSequence(Guid conversationId, long sequence)
    {
        _sequences.Enqueue((conversationId, sequence));
        inbox.Wake();
    }

    public bool TryTake(out (Guid ConversationId, long Sequence) noted) => _sequences.TryDequeue(out noted);
}
