using System.Runtime.Serialization;

namespace ChatService.Contracts;

/// <summary>A member of a conversation, with the two markers that receipts are made of.</summary>
[DataContract]
public sealed record Participant(
    [property: DataMember(Name = "userId")] Guid UserId,
    [property: DataMember(Name = "handle")] string Handle,
    [property: DataMember(Name = "displayName")] string DisplayName,
    [property: DataMember(Name = "avatarUrl")] string? AvatarUrl,
    [property: DataMember(Name = "role")] ParticipantRole Role,
    [property: DataMember(Name = "joinedAt")] DateTime JoinedAt,
    [property: DataMember(Name = "deliveredSequence")] long DeliveredSequence,
    [property: DataMember(Name = "readSequence")] long ReadSequence,
    [property: DataMember(Name = "isAssistant")] bool IsAssistant);
