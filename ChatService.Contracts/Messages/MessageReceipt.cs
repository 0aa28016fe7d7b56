using System.Runtime.Serialization;

namespace ChatService.Contracts;

/// <summary>The server's word that a message is committed. Sending the same message again returns the same receipt.</summary>
/// <param name="Sequence">The message's place in the conversation: 1, 2, 3, … without gaps.</param>
/// <param name="CreatedAt">When it was committed first, UTC.</param>
[DataContract]
public sealed record MessageReceipt(
    [property: DataMember(Name = "messageId")] Guid MessageId,
    [property: DataMember(Name = "conversationId")] Guid ConversationId,
    [property: DataMember(Name = "sequence")] long Sequence,
    [property: DataMember(Name = "createdAt")] DateTime CreatedAt);
