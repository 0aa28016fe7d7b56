namespace ChatService.Contracts;

/// <summary>A page of a conversation, ascending by sequence. At most <see cref="Limits.HistoryPage"/> messages.</summary>
/// <param name="LastSequence">The conversation's newest sequence at the time of the answer.</param>
public sealed record MessageHistory(IReadOnlyList<SealedMessage> Messages, long LastSequence);
