using System.Runtime.Serialization;

namespace ChatService.Contracts;

/// <param name="LastSeenAt">Coarse, UTC; null while online or when the user shares no presence.</param>
[DataContract]
public sealed record PresenceUpdate(
    [property: DataMember(Name = "userId")] Guid UserId,
    [property: DataMember(Name = "status")] PresenceStatus Status,
    [property: DataMember(Name = "lastSeenAt")] DateTime? LastSeenAt);
