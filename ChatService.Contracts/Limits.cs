namespace ChatService.Contracts;

/// <summary>Sizes and counts that the server enforces. Rates, which an operator may tune, are in <see cref="RateLimits"/>.</summary>
public static class Limits
{
    /// <summary>An envelope (encryptedContent with its tag) in base64 characters: 128 prekey wraps and a long text.</summary>
    public const int EnvelopeBase64 = 256 * 1024;

    /// <summary>Content is padded to a multiple of this many bytes.</summary>
    public const int PaddingBlock = 160;

    public const int NonceLength = 12;
    public const int AuthTagLength = 16;
    public const int IdentityKeyLength = 64;
    public const int CurveKeyLength = 32;
    public const int KemKeyLength = 1184;
    public const int SignatureLength = 64;

    public const int DevicesPerUser = 6;

    /// <summary>
    /// Devices of all members together that a message is sealed to. Members are added up to here. What they register beyond
    /// it is never refused: the newest devices wait outside the conversation until there is room.
    /// </summary>
    public const int DevicesPerConversation = 128;

    public const int OneTimePreKeysPerDevice = 100;

    /// <summary>Below this many left, a device is asked to top up.</summary>
    public const int OneTimePreKeysLow = 20;

    /// <summary>Messages in one page of history or catch-up.</summary>
    public const int HistoryPage = 200;

    /// <summary>Characters of a display, group or device name.</summary>
    public const int NameLength = 64;

    public const int AvatarUrlLength = 512;

    /// <summary>Conversations whose positions one CatchUp may name.</summary>
    public const int CatchUpPositions = 10_000;

    public const int ConnectionsPerUser = 20;

    /// <summary>Bots that one person's account may have.</summary>
    public const int BotsPerUser = 20;

    /// <summary>Base64 characters of a piece of an answer after the first, which is an envelope.</summary>
    public const int AIChunkBase64 = 16 * 1024;

    /// <summary>Answers of the assistant that one connection may wait for at once.</summary>
    public const int AnswerStreamsPerConnection = 8;

    /// <summary>Conversations a user may be in; bounds what a change of their devices has to touch.</summary>
    public const int ConversationsPerUser = 1_000;

    /// <summary>So many of them are left to direct conversations and to groups of the user's own: others cannot fill them by adding the user to groups.</summary>
    public const int ConversationsKeptFree = 200;

    /// <summary>Users that one user may block.</summary>
    public const int BlockedUsers = 1_000;

    /// <summary>Bytes of an attached file, before encryption.</summary>
    public const int AttachmentSize = 25 * 1024 * 1024;

    /// <summary>Bytes of such a file's ciphertext (protocol section 7): a nonce prefix, and a tag for each 64 KiB.</summary>
    public const int AttachmentCiphertext = AttachmentSize + 7 + (AttachmentSize / (64 * 1024) * AuthTagLength);

    /// <summary>Bytes of ciphertext that are uploaded or downloaded in one call.</summary>
    public const int AttachmentChunk = 256 * 1024;

    /// <summary>Bytes of attachments that a user may begin to upload in 24 hours.</summary>
    public const long AttachmentBytesPerDay = 500L * 1024 * 1024;

    /// <summary>Bytes of attachments that the server keeps for a user.</summary>
    public const long AttachmentBytesPerUser = 5L * 1024 * 1024 * 1024;

    /// <summary>How long an upload may take to be complete and named by a message.</summary>
    public const int AttachmentUploadHours = 24;

    /// <summary>The longest that disappearing messages last: four weeks.</summary>
    public const int MessageTimerSeconds = 28 * 24 * 60 * 60;

    /// <summary>Calls of methods that do not exist, or with arguments of the wrong type; the next one ends the connection.</summary>
    public const int BadCallsPerConnection = 5;

    /// <summary>With so many calls waiting for a connection, typing and presence are left out.</summary>
    public const int WaitingSignals = 16;

    /// <summary>With more calls waiting, messages and receipts are left out too, and the client is told to catch up.</summary>
    public const int WaitingCalls = 512;

    /// <summary>The same for bytes.</summary>
    public const int WaitingBytes = 1024 * 1024;

    /// <summary>The same for the time that the oldest of them has waited.</summary>
    public const int WaitingSeconds = 5;

    /// <summary>A connection that has taken nothing for so long while something waits for it is cut.</summary>
    public const int StalledSeconds = 10;
}
