using System.Runtime.Serialization;

namespace ChatService.Contracts;

/// <summary>
/// Part of the answer to CatchUp. Pages of one conversation come in order, those of others between them where much was missed;
/// the last one of each has <paramref name="ConversationComplete"/>. The very last page has <paramref name="CaughtUp"/> and nothing else: only with
/// it does the client hold everything that was committed when it asked. A stream that ends without it was cut: ask again.
/// </summary>
/// <param name="Messages">Ascending; at most <see cref="Limits.HistoryPage"/>. A sequence that is left out is one of a message that has disappeared.</param>
/// <param name="Through">Everything up to this sequence is in this page and those before it: what is in neither will never come.</param>
[DataContract]
public sealed record CatchUpPage(
    [property: DataMember(Name = "conversationId")] Guid? ConversationId,
    [property: DataMember(Name = "messages")] IReadOnlyList<SealedMessage> Messages,
    [property: DataMember(Name = "conversationComplete")] bool ConversationComplete,
    [property: DataMember(Name = "caughtUp")] bool CaughtUp,
    [property: DataMember(Name = "through")] long? Through = null);
