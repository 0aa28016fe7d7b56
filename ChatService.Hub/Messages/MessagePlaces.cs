using System.Runtime.InteropServices;

namespace ChatService.Hub.Messages;

/// <summary>Where each message of a batch stands among those of its conversation, and how those that are refused move the others up.</summary>
internal sealed class MessagePlaces
{
    private readonly IReadOnlyList<PendingMessage> _messages;
    private Dictionary<Guid, long>? _refused;

    public MessagePlaces(IReadOnlyList<PendingMessage> messages)
    {
        _messages = messages;
        Places = new long[messages.Count];
        Totals = new long[messages.Count];
        var counts = new Dictionary<Guid, long>(messages.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            Places[i] = ++CollectionsMarshal.GetValueRefOrAddDefault(counts, messages[i].ConversationId, out _);
        }

        for (var i = 0; i < messages.Count; i++)
        {
            Totals[i] = counts[messages[i].ConversationId];
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

    /// <summary>For each message, its number from 1 in its conversation.</summary>
    public long[] Places { get; }

    /// <summary>For each message, how many its conversation has.</summary>
    public long[] Totals { get; }

    /// <summary>To be told of in order.</summary>
    public void Refuse(int index) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_refused ??= [], _messages[index].ConversationId, out _)++;

    /// <summary>The place that a stored message has, with those before it that were refused left out.</summary>
    public long Of(int index) => Places[index] - (_refused?.GetValueOrDefault(_messages[index].ConversationId) ?? 0);
}
