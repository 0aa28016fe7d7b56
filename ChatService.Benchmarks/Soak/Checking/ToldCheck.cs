using ChatService.Benchmarks.Soak.People;
using ChatService.Client.Messages;
using ChatService.Client.Reseal;

namespace ChatService.Benchmarks.Soak.Checking;

/// <summary>What a client told its application: everything that it holds of others, once, in order; what was sealed again may come late.</summary>
internal static class ToldCheck
{
    public static void Run(SoakClient client, IEnumerable<ToldMessage> told, IReadOnlyList<StoredMessage> held, Violations violations)
    {
        var last = 0L;
        var readable = new HashSet<Guid>();
        foreach (var message in told)
        {
            if ((message.IsOpen || message.IsSystem) && !readable.Add(message.Id))
            {
                violations.Add(Violations.Twice, $"{client.Handle} was told {message.Sequence} of {message.ConversationId} again");
            }

            if (message.IsLate)
            {
                continue;
            }

            if (message.Sequence <= last)
            {
                violations.Add(Violations.OutOfOrder, $"{client.Handle} was told {message.Sequence} of {message.ConversationId} after {last}");
            }

            last = message.Sequence;
        }

        foreach (var message in held)
        {
            var isOwn = message.SenderDeviceId == client.Client.DeviceId;
            if (!isOwn && message is { Undecryptable: null, Missing: null } && !ControlContent.Is(message.Content) && !readable.Contains(message.Id))
            {
                violations.Add(Violations.Missing, $"{client.Handle} was never told {message.Sequence} of {message.ConversationId}");
            }
        }
    }
}
