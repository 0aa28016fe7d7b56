namespace ChatService.Contracts;

/// <summary>
/// What a client may call on <c>/chatHub</c>. Every call re-checks in its own SQL that the caller is a member; a refusal is
/// a HubException whose text holds a <see cref="ChatError"/>.
/// </summary>
public interface IChatHub
{
    /// <summary>Puts this connection into the conversation's live audience. Connecting does it for all of the user's conversations.</summary>
    /// <exception cref="Exception"><see cref="ErrorCodes.NotFound"/>: no such conversation, or not a member.</exception>
    Task JoinRoom(Guid conversationId);

    /// <summary>Takes this connection out of the live audience. Membership does not change, and CatchUp still has everything.</summary>
    Task LeaveRoom(Guid conversationId);

    /// <summary>
    /// Stores an envelope and answers when it is committed. The id in the envelope makes a retry harmless: the same id from
    /// the same device in the same conversation returns the first receipt.
    /// </summary>
    /// <param name="encryptedContent">Base64, at most <see cref="Limits.EnvelopeBase64"/> characters.</param>
    /// <param name="nonce">Base64 of 12 bytes.</param>
    /// <param name="authTag">Base64 of 16 bytes; null: it is the last 16 bytes of <paramref name="encryptedContent"/>.</param>
    /// <exception cref="Exception"><see cref="ErrorCodes.InvalidEnvelope"/>, <see cref="ErrorCodes.TooLarge"/>,
    /// <see cref="ErrorCodes.NotFound"/>, <see cref="ErrorCodes.DeviceListStale"/>, <see cref="ErrorCodes.Conflict"/>,
    /// <see cref="ErrorCodes.RateLimited"/>: nothing was stored. <see cref="ErrorCodes.Unavailable"/>: send the same envelope again.</exception>
    Task<MessageReceipt> SendMessage(Guid conversationId, string encryptedContent, string nonce, string? authTag);

    /// <summary>As <see cref="SendMessage"/>, for an envelope whose content names an attachment: <see cref="MessageType.Image"/> or <see cref="MessageType.File"/>.</summary>
    Task<MessageReceipt> SendAttachment(Guid conversationId, MessageType type, string encryptedContent, string nonce, string? authTag);

    /// <summary>Told to the room, coalesced, never stored.</summary>
    Task SendTypingIndicator(Guid conversationId, bool isTyping);

    /// <summary>Moves the caller's read marker up to this message (and the delivered marker with it). It never goes back.</summary>
    Task MarkMessageRead(Guid conversationId, Guid messageId);

    /// <summary>Moves the caller's delivered marker up to this message. It never goes back.</summary>
    Task MarkMessageDelivered(Guid conversationId, Guid messageId);

    /// <summary>Sets this connection to Online or Away.</summary>
    Task SetPresence(PresenceStatus status);

    /// <summary>The presence of everyone with whom the caller shares a conversation.</summary>
    Task<IReadOnlyList<PresenceUpdate>> GetPresence();

    /// <summary>
    /// Everything after the named positions in all of the caller's conversations, then the caught-up mark
    /// (<see cref="CatchUpPage"/>). A conversation that is not named starts where the caller's view of it starts.
    /// </summary>
    IAsyncEnumerable<CatchUpPage> CatchUp(IReadOnlyList<ConversationPosition> positions);

    /// <summary>
    /// Asks the assistant: the sealed prompt becomes an ordinary message, and the sealed pieces of the answer come back.
    /// The first string is the prompt's <see cref="MessageReceipt"/> in JSON, each further one an <see cref="AIChunk"/>, and
    /// the last one the <see cref="AIResponseReceipt"/> of the answer, which is then stored like any message. Cancelling the
    /// stream stops the assistant. The same prompt may be asked again: it is one message and has one answer.
    /// </summary>
    /// <param name="prompt">The JSON of a <see cref="SealedPrompt"/>.</param>
    /// <exception cref="Exception">As <see cref="SendMessage"/>, and <see cref="ErrorCodes.AssistantUnavailable"/>: before the
    /// first string nothing was stored; after it the question is kept, and answered when the assistant is back.</exception>
    IAsyncEnumerable<string> StreamAIResponse(Guid conversationId, string prompt);

    /// <summary>A piece of an answer, for the assistant alone. Passed on to the members, never stored, and lost easily.</summary>
    /// <exception cref="Exception"><see cref="ErrorCodes.Forbidden"/>: the caller is not the assistant.</exception>
    Task SendAIChunk(AIChunk chunk);

    /// <summary>The answer is stored, under <see cref="AnswerId.For"/> of the prompt. For the assistant alone.</summary>
    /// <exception cref="Exception"><see cref="ErrorCodes.Forbidden"/>, <see cref="ErrorCodes.NotFound"/>.</exception>
    Task CompleteAIResponse(Guid conversationId, Guid promptId);
}
