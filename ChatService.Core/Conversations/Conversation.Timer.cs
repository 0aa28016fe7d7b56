using System.Globalization;
using ChatService.Contracts;
using ChatService.Core.Errors;

namespace ChatService.Core.Conversations;

public sealed partial class Conversation
{
    /// <summary>Sets how long messages last from now on; null: they stay. Setting it to what it is changes nothing.</summary>
    public void ChangeTimer(Guid actorId, int? seconds, DateTime now)
    {
        if (Member(actorId).Role > ParticipantRole.Admin && Type == ConversationType.Group)
        {
            throw ChatException.Forbidden("Only the owner and admins change how long messages last.");
        }

        if (seconds is < 1 or > Limits.MessageTimerSeconds)
        {
            throw ChatException.Invalid($"Messages last 1 to {Limits.MessageTimerSeconds} seconds, or for ever.");
        }

        if (TimerSeconds == seconds)
        {
            return;
        }

        TimerSeconds = seconds;
        Record(new SystemEvent(SystemEventKind.TimerChanged, actorId, Value: seconds?.ToString(CultureInfo.InvariantCulture)), now);
        Changed();
    }
}
