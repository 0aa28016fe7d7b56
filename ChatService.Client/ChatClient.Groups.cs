using ChatService.Client.Conversations;
using ChatService.Contracts;

namespace ChatService.Client;

/// <summary>
/// What a group's members may change. The Owner: everything. Admins: members, name and picture, but not the Owner or other Admins.
/// Each change is a system message that all members see. A user who is no member (any more) gets <see cref="ErrorCodes.NotFound"/>,
/// a member who may not <see cref="ErrorCodes.Forbidden"/>.
/// </summary>
public sealed partial class ChatClient
{
    /// <summary>Adds a user, who sees nothing from before. Adding a member again changes nothing.</summary>
    /// <param name="handle">Exact, without the @.</param>
    /// <exception cref="ChatException"><see cref="ErrorCodes.NotFound"/>: no such user, or none who can be added by this one. <see cref="ErrorCodes.LimitReached"/>: there is no room.</exception>
    public async Task<Conversation> AddMemberAsync(Conversation conversation, string handle, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var user = await _parts.Api.UserAsync(handle, ct);
        return await SaveAsync(await _parts.Api.AddMemberAsync(conversation.Id, user.Id, ct), ct);
    }

    /// <summary>Removes a member, who gets not one message more.</summary>
    public async Task<Conversation> RemoveMemberAsync(Conversation conversation, Guid userId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        if (userId == Me.Id)
            throw new ChatException(ErrorCodes.InvalidArgument, "To go yourself, leave the conversation.");
        await _parts.Api.RemoveMemberAsync(conversation.Id, userId, ct);
        return await SaveAsync(await _parts.Api.ConversationAsync(conversation.Id, ct), ct);
    }

    /// <summary>Makes a member an Admin or an Admin a member; for the Owner.</summary>
    /// <param name="role">For <see cref="ParticipantRole.Owner"/>, see <see cref="HandOverAsync"/>.</param>
    public async Task<Conversation> ChangeRoleAsync(Conversation conversation, Guid userId, ParticipantRole role, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        if (role == ParticipantRole.Owner)
            throw new ChatException(ErrorCodes.InvalidArgument, "There is exactly one owner: hand the group over instead.");
        return await SaveAsync(await _parts.Api.ChangeRoleAsync(conversation.Id, userId, role, ct), ct);
    }

    /// <summary>Makes another member the Owner, and this user an Admin.</summary>
    public async Task<Conversation> HandOverAsync(Conversation conversation, Guid userId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return await SaveAsync(await _parts.Api.ChangeRoleAsync(conversation.Id, userId, ParticipantRole.Owner, ct), ct);
    }

    /// <param name="name">1 to 64 characters. The server sees it.</param>
    public async Task<Conversation> RenameAsync(Conversation conversation, string name, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return await SaveAsync(await _parts.Api.UpdateConversationAsync(conversation.Id, new(Name: name), ct), ct);
    }

    /// <param name="avatarUrl">An https address of at most 512 characters, which the server sees; null: no picture.</param>
    public async Task<Conversation> ChangeAvatarAsync(Conversation conversation, string? avatarUrl, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return await SaveAsync(await _parts.Api.UpdateConversationAsync(conversation.Id, new(AvatarUrl: avatarUrl ?? ""), ct), ct);
    }

    /// <summary>Goes. An Owner who goes is followed by the longest-standing Admin, or else member; with the last member the group ends.</summary>
    public async Task LeaveAsync(Conversation conversation, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        await _parts.Api.RemoveMemberAsync(conversation.Id, Me.Id, ct);
        await _parts.Conversations.NoteLeftAsync(conversation.Id, ct);
    }

    /// <summary>Ends the group for everyone; for the Owner. What members have on their devices stays there.</summary>
    public async Task DeleteGroupAsync(Conversation conversation, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        await _parts.Api.DeleteConversationAsync(conversation.Id, ct);
        await _parts.Conversations.NoteLeftAsync(conversation.Id, ct);
    }

    private async Task<Conversation> SaveAsync(ConversationDetails details, CancellationToken ct)
    {
        _parts.Lists.Drop(details.Id);
        return await _parts.Conversations.SaveAsync(details, ct);
    }
}
