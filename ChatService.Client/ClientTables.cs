namespace ChatService.Client;

/// <summary>The tables of the store that are not the encryption's. Keys are ids and numbers only, since they are stored in the clear.</summary>
internal static class ClientTables
{
    public const string Device = "device";
    public const string Counters = "counters";
    public const string Conversations = "conversations";
    public const string Positions = "positions";
    public const string Messages = "messages";
    public const string MessageSequences = "message-sequences";
    public const string Arrivals = "arrivals";
    public const string Subscriptions = "subscriptions";
    public const string Outbox = "outbox";
    public const string OutboxIds = "outbox-ids";
    public const string OutboxSealed = "outbox-sealed";
    public const string SentEnvelopes = "sent-envelopes";
    public const string ResealAsks = "reseal-asks";
    public const string ResealCounts = "reseal-counts";
    public const string Receipts = "receipts";
    public const string Markers = "markers";
    public const string Amendments = "amendments";
    public const string Expiries = "expiries";
    public const string Timers = "timers";
    public const string Uploads = "uploads";
    public const string Downloads = "downloads";
    public const string Spool = "spool";
    public const string Blocks = "blocks";
    public const string FormerMembers = "former-members";
}
