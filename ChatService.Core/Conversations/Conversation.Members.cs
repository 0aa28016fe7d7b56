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
        MembershipVersion++;
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

    public void Leave(Guid userId, DateTime now)
    {
        RequireGroup();
        var participant = Member(userId);
        if (participant.Role == ParticipantRole.Owner && _participants.Count > 1)
        {
            throw ChatException.Forbidden("Hand the conversation over to another member before you leave it.");
        }

        Dismiss(participant, new SystemEvent(SystemEventKind.MemberLeft, userId, userId), now);
    }

    public void ChangeRole(Guid actorId, Guid userId, ParticipantRole role, DateTime now)
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

        if (subject.Role != role)
        {
            subject.Role = role;
            Record(new SystemEvent(SystemEventKind.RoleChanged, actorId, userId, role.ToString()), now);
            Changed();
        }
    }

    public void TransferOwnership(Guid actorId, Guid userId, DateTime now)
    {
        RequireGroup();
        var owner = Member(actorId);
        if (owner.Role != ParticipantRole.Owner)
        {
            throw ChatException.Forbidden("Only the owner hands the ownership over.");
        }

        var heir = Find(userId) ?? throw ChatException.NotFound("member");
        if (heir == owner)
        {
            return;
        }

        owner.Role = ParticipantRole.Admin;
        heir.Role = ParticipantRole.Owner;
        Record(new SystemEvent(SystemEventKind.OwnershipTransferred, actorId, userId), now);
        Changed();
    }

    private void Dismiss(ConversationParticipant participant, SystemEvent systemEvent, DateTime now)
    {
        _participants.Remove(participant);
        MembershipVersion++;
        AudienceEpoch++;
        Record(systemEvent, now);
        Raise(new UserLeftRoomDomainEvent(Id, participant.ChatUserId, systemEvent.ActorId));
        Changed();
    }

    private void Changed() => Raise(new ConversationChangedDomainEvent(Id));

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
