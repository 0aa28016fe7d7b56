using System.Runtime.Serialization;

namespace ChatService.Contracts;

/// <summary>The readable content of a system message: metadata the server knows anyway.</summary>
/// <param name="ActorId">Who did it.</param>
/// <param name="SubjectId">To whom or to which device, where there is one.</param>
/// <param name="Value">The new name, role or timer (in seconds), where there is one.</param>
[DataContract]
public sealed record SystemEvent(
    [property: DataMember(Name = "kind")] SystemEventKind Kind,
    [property: DataMember(Name = "actorId")] Guid ActorId,
    [property: DataMember(Name = "subjectId")] Guid? SubjectId = null,
    [property: DataMember(Name = "value")] string? Value = null);
