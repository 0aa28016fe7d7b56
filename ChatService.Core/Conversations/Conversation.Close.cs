using ChatService.Contracts;
using ChatService.Core.Errors;

namespace ChatService.Core.Conversations;

public sealed partial class Conversation
{
    /// <summary>
    /// Ends a group: everyone goes, the Owner too, and nobody can see it any more. What it holds is deleted in the
    /// background (<see cref="ConversationUpkeep"/>).
    /// </summary>
    public void Close(Guid actorId)
    {
        var actor = Member(actorId);
        RequireGroup();
        if (actor.Role != ParticipantRole.Owner)
        {
            throw ChatException.Forbidden("Only the owner deletes the conversation.");
        }

        End(actorId);
    }

    /// <summary>Ends a direct conversation whose last person goes for good: with the assistant, say.</summary>
    public void EndDirect(Guid actorId)
    {
        Member(actorId);
        if (Type != ConversationType.Direct)
        {
            throw ChatException.Invalid("A group is left or closed.");
        }

        End(actorId);
    }

    private void End(Guid actorId)
    {
        DismissAll(actorId);
        MembershipVersion++;
        AudienceEpoch++;
    }

    private void DismissAll(Guid actorId)
    {
        foreach (var participant in _participants)
        {
            Raise(new UserLeftRoomDomainEvent(Id, participant.ChatUserId, actorId));
        }

        _participants.Clear();
    }
}
