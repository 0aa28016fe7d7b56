using System.Runtime.InteropServices;

namespace ChatService.Hub.Messages;

/// <summary>Where each message of a batch stands among those of its conversation.</summary>
internal sealed class MessagePlaces
{
    public MessagePlaces(IReadOnlyList<PendingMessage> messages)
    {
        Behind = new long[messages.Count];
        var counts = new Dictionary<Guid, long>(messages.Count);
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            Behind[i] = CollectionsMarshal.GetValueRefOrAddDefault(counts, messages[i].ConversationId, out _)++;
        }

        Conversations = [.. counts.Keys];
        // As PostgreSQL sorts them, so that no two hubs lock the same conversations in different orders.
        Array.Sort(Conversations);
        Counts = Array.ConvertAll(Conversations, id => counts[id]);
    }

    /// <summary>Each conversation once.</summary>
    public Guid[] Conversations { get; }

    /// <summary>Messages in each of <see cref="Conversations"/>.</summary>
    public long[] Counts { get; }

    /// <summary>For each message, how many of its conversation come after it.</summary>
    public long[] Behind { get; }
}
