namespace ChatService.Contracts;

/// <summary>Changes a member's role; for the Owner only.</summary>
/// <param name="Role"><see cref="ParticipantRole.Owner"/> hands the ownership over, and makes the caller an Admin.</param>
public sealed record ChangeRoleRequest(ParticipantRole Role);
