namespace ChatService.Contracts;

/// <summary>Adds a user to a group; for the Owner and Admins. Adding a member again changes nothing.</summary>
public sealed record AddMemberRequest(Guid UserId);
