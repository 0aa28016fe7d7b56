namespace ChatService.Contracts;

/// <summary>The rates per user, in one table. An operator overrides one with <c>RateLimits:&lt;name&gt;:Burst</c> and <c>:PerSecond</c>.</summary>
public static class RateLimits
{
    /// <summary>Messages sent.</summary>
    public static RateLimit Messages { get; } = new("messages", 60, 20, WhenUncounted.FailOpen);

    /// <summary>Base64 characters of messages sent.</summary>
    public static RateLimit MessageBytes { get; } = new("message-bytes", 2 * 1024 * 1024, 256 * 1024, WhenUncounted.FailOpen);

    /// <summary>Typing, presence and receipt calls.</summary>
    public static RateLimit Ephemeral { get; } = new("ephemeral", 60, 20, WhenUncounted.FailOpen);

    /// <summary>JoinRoom, LeaveRoom, CatchUp.</summary>
    public static RateLimit Sync { get; } = new("sync", 60, 5, WhenUncounted.FailOpen);

    /// <summary>Connections opened to the hub, and negotiated.</summary>
    public static RateLimit Connections { get; } = new("connections", 60, 1, WhenUncounted.FailOpen);

    /// <summary>Reading over REST: conversations, delivery lists, history, one's own devices, keys and settings.</summary>
    public static RateLimit Reads { get; } = new("reads", 300, 20, WhenUncounted.FailOpen);

    /// <summary>One-time prekeys per (requesting device, target device); counted in PostgreSQL. Beyond it bundles come without one.</summary>
    public static RateLimit OneTimePreKeys { get; } = new("one-time-prekeys", 6, 1.0 / 600, WhenUncounted.FailClosed);

    /// <summary>As <see cref="OneTimePreKeys"/>, per (requesting user, target device): a user's devices share it, removed ones too.</summary>
    public static RateLimit OneTimePreKeysOfUser { get; } = new("one-time-prekeys-user", 12, 1.0 / 300, WhenUncounted.FailClosed);

    /// <summary>As <see cref="OneTimePreKeys"/>, per target device, whoever asks.</summary>
    public static RateLimit OneTimePreKeysOfTarget { get; } = new("one-time-prekeys-target", 100, 1.0 / 30, WhenUncounted.FailClosed);

    /// <summary>Changes to devices and keys.</summary>
    public static RateLimit Keys { get; } = new("keys", 30, 0.5, WhenUncounted.FailClosed);

    /// <summary>Fetches of users' key bundles: one for each other member of a full group at once.</summary>
    public static RateLimit KeyBundles { get; } = new("key-bundles", 256, 2, WhenUncounted.FailClosed);

    /// <summary>Handle look-ups.</summary>
    public static RateLimit Directory { get; } = new("directory", 100, 1.0 / 9, WhenUncounted.FailClosed);

    /// <summary>Creating and changing conversations.</summary>
    public static RateLimit Conversations { get; } = new("conversations", 60, 1, WhenUncounted.FailOpen);

    /// <summary>Uploads begun, asked after or deleted.</summary>
    public static RateLimit Attachments { get; } = new("attachments", 120, 2, WhenUncounted.FailOpen);

    /// <summary>Chunks of attachments uploaded or downloaded, of <see cref="Limits.AttachmentChunk"/> bytes each.</summary>
    public static RateLimit AttachmentChunks { get; } = new("attachment-chunks", 400, 40, WhenUncounted.FailOpen);

    /// <summary>Refused credentials of one bot's account, from anywhere.</summary>
    public static RateLimit AccountFailures { get; } = new("account-failures", 10, 1.0 / 30, WhenUncounted.FailClosed);

    /// <summary>Accounts made, passwords tried and tokens asked for, per client address.</summary>
    public static RateLimit Accounts { get; } = new("accounts", 30, 0.5, WhenUncounted.FailClosed);

    /// <summary>Pieces of answers that the assistant sends, all conversations together.</summary>
    public static RateLimit AIChunks { get; } = new("ai-chunks", 2_000, 1_000, WhenUncounted.FailOpen);

    public static IReadOnlyList<RateLimit> All { get; } =
        [Messages, MessageBytes, Ephemeral, Sync, Connections, Reads, OneTimePreKeys, OneTimePreKeysOfUser, OneTimePreKeysOfTarget, Keys, KeyBundles, Directory, Conversations, Attachments, AttachmentChunks, AccountFailures, Accounts, AIChunks];
}
