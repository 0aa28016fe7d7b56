using ChatService.Core.Conversations;

namespace ChatService.Core.Devices;

/// <summary>A conversation as it stands after one of its members' devices came or went.</summary>
public sealed record AffectedConversation(Guid Id, long LastSequence, int AudienceEpoch, int QuietAudiences)
{
    internal ConversationAudience Audience => new(AudienceEpoch, QuietAudiences);
}
