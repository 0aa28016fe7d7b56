namespace ChatService.Contracts;

/// <summary>What the server calls on a client. Everything here may be lost; CatchUp is what makes it whole.</summary>
public interface IChatHubClient
{
    /// <summary>A committed message. The sending connection is left out: it has the receipt.</summary>
    Task ReceiveMessage(SealedMessage message);

    Task MessageDelivered(ReceiptUpdate receipt);

    Task MessageRead(ReceiptUpdate receipt);

    Task UserTyping(Guid conversationId, Guid userId, bool isTyping);

    Task PresenceChanged(PresenceUpdate presence);

    Task UserJoinedRoom(Guid conversationId, Guid userId);

    Task UserLeftRoom(Guid conversationId, Guid userId);

    /// <summary>The caller is now a member of this conversation: JoinRoom, then CatchUp.</summary>
    Task ConversationCreated(ConversationDetails conversation);

    /// <summary>Members, roles, names or devices changed: cached lists are stale; JoinRoom again to stay in the live audience.</summary>
    Task ConversationChanged(Guid conversationId, long membershipVersion);

    /// <summary>A user's devices or keys changed: forget what was cached of them.</summary>
    Task KeyBundleUpdated(Guid userId, Guid deviceId);

    /// <summary>This device's signed prekey is older than it may be: make a new one and upload it.</summary>
    Task RotateSignedPreKey();

    /// <summary>This device's pool is running dry: top it up.</summary>
    Task OneTimePreKeysLow(int remaining);

    /// <summary>This user's settings changed, here or on another device. What others share has to be asked for anew.</summary>
    Task PrivacySettingsChanged(PrivacySettings settings);

    /// <summary>This user has blocked or unblocked somebody, here or on another device: GET the list anew.</summary>
    Task BlocksChanged();

    Task ReceiveAIChunk(AIChunk chunk);

    Task AIResponseComplete(AIResponseReceipt receipt);

    /// <summary>To the assistant: who asked no longer wants the answer.</summary>
    Task CancelAIResponse(Guid conversationId, Guid promptId);

    /// <summary>This server is going away: reconnect at a random moment within so many milliseconds.</summary>
    Task ServerDraining(int reconnectWithinMs);

    /// <summary>
    /// Without the backplane, live messages of other servers do not arrive: call CatchUp every few seconds until it is back, and
    /// once then. Also said when nothing has changed, to a connection for which something was left out: call CatchUp once.
    /// </summary>
    Task BackplaneChanged(bool available);
}
