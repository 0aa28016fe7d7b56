namespace ChatService.Contracts;

/// <summary>Opens a conversation. A direct one names exactly one other user and returns the existing one if there is one.</summary>
/// <param name="Id">A UUIDv7 made by the caller, so that a retry makes no second group. Ignored where a direct conversation exists.</param>
/// <param name="MemberIds">The other members; the caller is always one (Owner of a group).</param>
/// <param name="Name">1 to <see cref="Limits.NameLength"/> characters for a group, null for a direct conversation.</param>
public sealed record CreateConversationRequest(
    Guid Id,
    ConversationType Type,
    IReadOnlyList<Guid> MemberIds,
    string? Name = null,
    string? AvatarUrl = null);
