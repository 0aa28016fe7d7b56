using System.Runtime.InteropServices;

namespace ChatService.Hub.Messages;

/// <summary>
/// Where each message of a batch stands among those of its conversation. Membership versions only grow: of two versions of
/// one conversation in a batch the lower is old, and its messages get no place.
/// </summary>
internal sealed class MessagePlaces
{
    public MessagePlaces(IReadOnlyList<PendingMessage> messages)
    {
        Behind = new long[messages.Count];
        var conversations = new Dictionary<Guid, (long Version, long Count)>(messages.Count);
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            ref var conversation = ref CollectionsMarshal.GetValueRefOrAddDefault(conversations, messages[i].ConversationId, out var known);
            var version = messages[i].MembershipVersion;
            if (!known || version > conversation.Version)
            {
                conversation = (version, 0);
            }

            if (version == conversation.Version)
            {
                Behind[i] = conversation.Count++;
            }
        }

        Conversations = [.. conversations.Keys];
        // As PostgreSQL sorts them, so that no two hubs lock the same conversations in different orders.
        Array.Sort(Conversations);
        Versions = Array.ConvertAll(Conversations, id => conversations[id].Version);
        Counts = Array.ConvertAll(Conversations, id => conversations[id].Count);
    }

    /// <summary>Each conversation once.</summary>
    public Guid[] Conversations { get; }

    /// <summary>The newest version that the messages of each of <see cref="Conversations"/> name.</summary>
    public long[] Versions { get; }

    /// <summary>Messages of that version in each of <see cref="Conversations"/>.</summary>
    public long[] Counts { get; }

    /// <summary>For each message, how many of its conversation come after it.</summary>
    public long[] Behind { get; }
}
