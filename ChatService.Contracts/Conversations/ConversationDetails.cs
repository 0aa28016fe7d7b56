using System.Runtime.Serialization;

namespace ChatService.Contracts;

/// <summary>A conversation as one of its members sees it.</summary>
/// <param name="Name">Null for a direct conversation: clients show the other member.</param>
/// <param name="LastSequence">Sequence of the newest message; 0 when there is none.</param>
/// <param name="MembershipVersion">Moves with every change: of members, their roles or devices, of name, avatar or timer.</param>
/// <param name="VisibleAfter">The caller sees messages with a larger sequence only: what was said before they joined is not theirs.</param>
/// <param name="TimerSeconds">How long new messages last; null: they stay.</param>
[DataContract]
public sealed record ConversationDetails(
    [property: DataMember(Name = "id")] Guid Id,
    [property: DataMember(Name = "type")] ConversationType Type,
    [property: DataMember(Name = "name")] string? Name,
    [property: DataMember(Name = "avatarUrl")] string? AvatarUrl,
    [property: DataMember(Name = "creatorId")] Guid CreatorId,
    [property: DataMember(Name = "createdAt")] DateTime CreatedAt,
    [property: DataMember(Name = "lastActivityAt")] DateTime LastActivityAt,
    [property: DataMember(Name = "lastSequence")] long LastSequence,
    [property: DataMember(Name = "membershipVersion")] long MembershipVersion,
    [property: DataMember(Name = "visibleAfter")] long VisibleAfter,
    [property: DataMember(Name = "participants")] IReadOnlyList<Participant> Participants,
    [property: DataMember(Name = "timerSeconds")] int? TimerSeconds = null);
