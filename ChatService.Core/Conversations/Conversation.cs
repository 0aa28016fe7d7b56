using ChatService.Contracts;
using ChatService.Core.DomainEvents;
using ChatService.Core.Messages;
using ChatService.Core.Users;

namespace ChatService.Core.Conversations;

/// <summary>
/// A conversation and its members. Whoever changes one holds its row lock, so that no rule is broken by two changes at
/// once and every change has its place among the messages.
/// </summary>
public sealed partial class Conversation : AggregateRoot
{
    private readonly List<ConversationParticipant> _participants = [];
    private readonly List<Message> _systemMessages = [];

    private Conversation()
    {
    }

    public Guid Id { get; private set; }

    public string? Name { get; private set; }

    public string? AvatarUrl { get; private set; }

    public ConversationType Type { get; private set; }

    public Guid CreatorId { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime LastActivityAt { get; private set; }

    /// <summary>The newest message's sequence. Assigned inside the transaction that stores the message, without gaps.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Moves by one with every change of the conversation, its members or their devices: a message is sealed for one version.</summary>
    public long MembershipVersion { get; private set; }

    /// <summary>Moves when someone loses access. Live messages go to the audience of the current epoch, which a removed member's connection never joined.</summary>
    public int AudienceEpoch { get; private set; }

    /// <summary>How long messages last from now on; null: they stay.</summary>
    public int? TimerSeconds { get; private set; }

    /// <summary>
    /// Which audiences there are beside the ordinary one: bit n stands for connections of users who share the
    /// <see cref="Users.SharedSignals"/> n, and not all of them. Never cleared: an audience without listeners costs little.
    /// </summary>
    public int QuietAudiences { get; private set; }

    public ConversationAudience Audience => new(AudienceEpoch, QuietAudiences);

    /// <summary>Direct conversations only: who of the two has blocked the other. Follows the <see cref="Block"/>s, in their transaction.</summary>
    public DirectBlocks Blocks { get; private set; }

    /// <summary>Direct conversations only: the two users, smaller id first. Unique together.</summary>
    public Guid? DirectLowId { get; private set; }

    public Guid? DirectHighId { get; private set; }

    public IReadOnlyList<ConversationParticipant> Participants => _participants;

    /// <summary>System messages that this unit of work adds.</summary>
    public IReadOnlyList<Message> NewSystemMessages => _systemMessages;

    public static Conversation CreateDirect(Guid id, Guid creatorId, Guid otherId, DateTime now)
    {
        var creatorIsLow = string.CompareOrdinal(creatorId.ToString("N"), otherId.ToString("N")) < 0;
        var conversation = new Conversation
        {
            Id = id,
            Type = ConversationType.Direct,
            CreatorId = creatorId,
            CreatedAt = now,
            LastActivityAt = now,
            DirectLowId = creatorIsLow ? creatorId : otherId,
            DirectHighId = creatorIsLow ? otherId : creatorId,
        };
        conversation.Admit(creatorId, ParticipantRole.Member, now);
        conversation.Admit(otherId, ParticipantRole.Member, now);
        conversation.Raise(new ConversationCreatedDomainEvent(id, creatorId, [creatorId, otherId]));
        return conversation;
    }

    public static Conversation CreateGroup(
        Guid id, Guid creatorId, string name, string? avatarUrl, IReadOnlyCollection<Guid> memberIds, DateTime now)
    {
        var conversation = new Conversation
        {
            Id = id,
            Type = ConversationType.Group,
            Name = name,
            AvatarUrl = avatarUrl,
            CreatorId = creatorId,
            CreatedAt = now,
            LastActivityAt = now,
        };
        conversation.Admit(creatorId, ParticipantRole.Owner, now);
        foreach (var memberId in memberIds)
        {
            conversation.Admit(memberId, ParticipantRole.Member, now);
        }

        conversation.Record(new SystemEvent(SystemEventKind.ConversationCreated, creatorId, Value: name), now);
        conversation.Raise(new ConversationCreatedDomainEvent(id, creatorId, [creatorId, .. memberIds]));
        return conversation;
    }

    private void Admit(Guid userId, ParticipantRole role, DateTime now) => _participants.Add(new ConversationParticipant
    {
        ConversationId = Id,
        ChatUserId = userId,
        Role = role,
        JoinedAt = now,
        VisibleAfter = LastSequence,
        DeliveredSequence = LastSequence,
        ReadSequence = LastSequence,
    });

    /// <summary>Gives the change its place among the messages.</summary>
    private void Record(SystemEvent systemEvent, DateTime now)
    {
        LastSequence++;
        LastActivityAt = now;
        var message = Message.FromSystem(Id, LastSequence, systemEvent, now);
        _systemMessages.Add(message);
        Raise(new MessageSentDomainEvent(message.ToSealedMessage(), Audience, SenderConnectionId: null));
    }
}
