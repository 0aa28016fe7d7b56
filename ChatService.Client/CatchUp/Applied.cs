using ChatService.Client.Encryption.Trust;
using ChatService.Client.Messages;

namespace ChatService.Client.CatchUp;

/// <summary>What came of a run of messages, once it was committed.</summary>
internal sealed class Applied
{
    /// <summary>Null: the conversation is not known.</summary>
    public long? Position { get; set; }

    public int Arrivals { get; set; }

    /// <summary>Own messages whose receipt had been lost.</summary>
    public List<StoredMessage> Acknowledged { get; } = [];

    /// <summary>Edits, deletions and reactions of others, or of this user's other devices.</summary>
    public List<StoredMessage> Amendments { get; } = [];

    /// <summary>What devices said to each other.</summary>
    public List<StoredMessage> Control { get; } = [];

    /// <summary>Messages from before that were opened after all.</summary>
    public List<StoredMessage> Late { get; } = [];

    /// <summary>Some could not be opened, and may be after all.</summary>
    public bool HasAsks { get; set; }

    /// <summary>Who wrote something: they have stopped typing.</summary>
    public HashSet<Guid> Senders { get; } = [];

    public List<DeviceChange> DeviceChanges { get; } = [];

    /// <summary>The server said something about members, names or devices.</summary>
    public bool ConversationChanged { get; set; }

    /// <summary>The last one that its sender may be told has been delivered: a receipt means "up to here".</summary>
    public StoredMessage? Delivered { get; set; }

    public bool HasReceipts => Delivered is not null;
}
