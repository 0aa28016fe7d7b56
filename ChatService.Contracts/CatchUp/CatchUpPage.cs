using System.Runtime.Serialization;

namespace ChatService.Contracts;

/// <summary>
/// Part of the answer to CatchUp. Pages of one conversation come one after the other, in order; the last of them has
/// <paramref name="ConversationComplete"/>. The very last page has <paramref name="CaughtUp"/> and nothing else: only with
/// it does the client hold everything that was committed when it asked. A stream that ends without it was cut: ask again.
/// </summary>
/// <param name="Messages">Ascending, without a gap after the position that was named; at most <see cref="Limits.HistoryPage"/>.</param>
[DataContract]
public sealed record CatchUpPage(
    [property: DataMember(Name = "conversationId")] Guid? ConversationId,
    [property: DataMember(Name = "messages")] IReadOnlyList<SealedMessage> Messages,
    [property: DataMember(Name = "conversationComplete")] bool ConversationComplete,
    [property: DataMember(Name = "caughtUp")] bool CaughtUp);
