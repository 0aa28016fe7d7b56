using ChatService.Contracts;
using ChatService.Core.Errors;

namespace ChatService.Core.Conversations;

/// <summary>
/// Who may do what in a group. Owner: everything. Admin: members and name, but not the Owner or other Admins. Member:
/// sends and leaves. There is exactly one Owner at any time.
/// </summary>
public sealed partial class Conversation
{
    public void Rename(Guid actorId, string name, DateTime now)
    {
        RequireAdmin(actorId);
        Name = name;
        Record(new SystemEvent(SystemEventKind.ConversationRenamed, actorId, Value: name), now);
        Changed();
    }

    public void ChangeAvatar(Guid actorId, string? avatarUrl, DateTime now)
    {
        RequireAdmin(actorId);
        AvatarUrl = avatarUrl;
        Record(new SystemEvent(SystemEventKind.AvatarChanged, actorId, Value: avatarUrl), now);
        Changed();
    }

    /// <summary>Adds a user who sees nothing from before. Adding a member again changes nothing.</summary>
    public void AddMember(Guid actorId, Guid userId, DateTime now)
    {
        RequireAdmin(actorId);
        if (Find(userId) is not null)
        {
            return;
        }

        Admit(userId, ParticipantRole.Member, now);
        Record(new SystemEvent(SystemEventKind.MemberAdded, actorId, userId), now);
        Raise(new UserJoinedRoomDomainEvent(Id, userId, actorId));
        Changed();
    }

    public void RemoveMember(Guid actorId, Guid userId, DateTime now)
    {
        var actor = RequireAdmin(actorId);
        var subject = Find(userId) ?? throw ChatException.NotFound("member");
        if (userId == actorId)
        {
            throw ChatException.Invalid("To go yourself, leave the conversation.");
        }

        if (subject.Role <= actor.Role)
        {
            throw ChatException.Forbidden("Only the owner can remove an admin, and nobody can remove the owner.");
        }

        Dismiss(subject, new SystemEvent(SystemEventKind.MemberRemoved, actorId, userId), now);
    }

    /// <summary>
    /// Goes. An Owner is followed by the longest-standing Admin, or else by the longest-standing member. When nobody is left
    /// who could own the group, it ends.
    /// </summary>
    /// <param name="cannotOwn">Members who own nothing: the assistant.</param>
    public void Leave(Guid userId, DateTime now, IReadOnlyCollection<Guid>? cannotOwn = null)
    {
        RequireGroup();
        var participant = Member(userId);
        var heir = participant.Role == ParticipantRole.Owner ? HeirOf(participant, cannotOwn ?? []) : null;
        var isLast = participant.Role == ParticipantRole.Owner && heir is null;
        if (heir is not null)
        {
            HandOver(participant, heir, now);
        }

        Dismiss(participant, new SystemEvent(SystemEventKind.MemberLeft, userId, userId), now);
        if (isLast)
        {
            DismissAll(userId);
        }
    }

    /// <param name="cannotOwn">As for <see cref="Leave"/>: they are no admins either.</param>
    public void ChangeRole(Guid actorId, Guid userId, ParticipantRole role, DateTime now, IReadOnlyCollection<Guid>? cannotOwn = null)
    {
        RequireGroup();
        if (Member(actorId).Role != ParticipantRole.Owner)
        {
            throw ChatException.Forbidden("Only the owner changes roles.");
        }

        var subject = Find(userId) ?? throw ChatException.NotFound("member");
        if (role == ParticipantRole.Owner || subject.Role == ParticipantRole.Owner)
        {
            throw ChatException.Invalid("There is exactly one owner: hand the ownership over instead.");
        }

        RequireCanManage(userId, cannotOwn);
        if (subject.Role != role)
        {
            subject.Role = role;
            Record(new SystemEvent(SystemEventKind.RoleChanged, actorId, userId, role.ToString()), now);
            Changed();
        }
    }

    public void TransferOwnership(Guid actorId, Guid userId, DateTime now, IReadOnlyCollection<Guid>? cannotOwn = null)
    {
        RequireGroup();
        var owner = Member(actorId);
        if (owner.Role != ParticipantRole.Owner)
        {
            throw ChatException.Forbidden("Only the owner hands the ownership over.");
        }

        var heir = Find(userId) ?? throw ChatException.NotFound("member");
        RequireCanManage(userId, cannotOwn);
        if (heir != owner)
        {
            HandOver(owner, heir, now);
        }
    }

    private void HandOver(ConversationParticipant owner, ConversationParticipant heir, DateTime now)
    {
        owner.Role = ParticipantRole.Admin;
        heir.Role = ParticipantRole.Owner;
        Record(new SystemEvent(SystemEventKind.OwnershipTransferred, owner.ChatUserId, heir.ChatUserId), now);
        Changed();
    }

    private ConversationParticipant? HeirOf(ConversationParticipant owner, IReadOnlyCollection<Guid> cannotOwn) => _participants
        .Where(member => member != owner && !cannotOwn.Contains(member.ChatUserId))
        .OrderBy(member => member.Role).ThenBy(member => member.JoinedAt).ThenBy(member => member.ChatUserId)
        .FirstOrDefault();

    private static void RequireCanManage(Guid userId, IReadOnlyCollection<Guid>? cannotOwn)
    {
        if (cannotOwn?.Contains(userId) == true)
        {
            throw ChatException.Invalid("The assistant is a member and nothing more.");
        }
    }

    private void Dismiss(ConversationParticipant participant, SystemEvent systemEvent, DateTime now)
    {
        _participants.Remove(participant);
        AudienceEpoch++;
        Record(systemEvent, now);
        Raise(new UserLeftRoomDomainEvent(Id, participant.ChatUserId, systemEvent.ActorId));
        Changed();
    }

    /// <summary>One step of the version for each change, as there is one system message.</summary>
    private void Changed()
    {
        MembershipVersion++;
        Raise(new ConversationChangedDomainEvent(Id));
    }

    private ConversationParticipant? Find(Guid userId) => _participants.Find(p => p.ChatUserId == userId);

    /// <summary>A stranger learns no more than that there is nothing for them.</summary>
    private ConversationParticipant Member(Guid userId) => Find(userId) ?? throw ChatException.NotFound("conversation");

    private ConversationParticipant RequireAdmin(Guid actorId)
    {
        var actor = Member(actorId);
        RequireGroup();
        return actor.Role <= ParticipantRole.Admin
            ? actor
            : throw ChatException.Forbidden("Only the owner and admins change the conversation or its members.");
    }

    private void RequireGroup()
    {
        if (Type != ConversationType.Group)
        {
            throw ChatException.Invalid("A direct conversation has exactly its two members.");
        }
    }
}
