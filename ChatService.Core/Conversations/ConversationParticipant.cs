using ChatService.Contracts;

namespace ChatService.Core.Conversations;

/// <summary>A member. The two markers are all there is of receipts: "up to here".</summary>
public sealed class ConversationParticipant
{
    public required Guid ConversationId { get; init; }

    public required Guid ChatUserId { get; init; }

    public required ParticipantRole Role { get; set; }

    public required DateTime JoinedAt { get; init; }

    /// <summary>The member sees larger sequences only.</summary>
    public required long VisibleAfter { get; init; }

    public long DeliveredSequence { get; set; }

    public long ReadSequence { get; set; }

    public DateTime? LastReadAt { get; set; }
}
