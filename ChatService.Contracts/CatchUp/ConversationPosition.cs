using System.Runtime.Serialization;

namespace ChatService.Contracts;

/// <summary>Up to which sequence a device holds a conversation without a gap.</summary>
[DataContract]
public sealed record ConversationPosition(
    [property: DataMember(Name = "conversationId")] Guid ConversationId,
    [property: DataMember(Name = "sequence")] long Sequence);
