using System.Runtime.Serialization;

namespace ChatService.Contracts;

/// <summary>A member has (delivered or read) everything up to and including <paramref name="Sequence"/>.</summary>
[DataContract]
public sealed record ReceiptUpdate(
    [property: DataMember(Name = "conversationId")] Guid ConversationId,
    [property: DataMember(Name = "userId")] Guid UserId,
    [property: DataMember(Name = "messageId")] Guid MessageId,
    [property: DataMember(Name = "sequence")] long Sequence,
    [property: DataMember(Name = "at")] DateTime At);
