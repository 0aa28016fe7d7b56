using ChatService.Benchmarks.Soak.People;
using ChatService.Client.Messages;
using ChatService.Client.Reseal;

namespace ChatService.Benchmarks.Soak.Checking;

/// <summary>What one client's store holds of one conversation against the database, place by place, and against what the senders said.</summary>
internal sealed class StoreCheck(IReadOnlyDictionary<Guid, SentMessage> sent, Violations violations)
{
    public void Run(SoakClient client, IEnumerable<StoredRow> stored, IReadOnlyList<StoredMessage> held)
    {
        var places = held.ToDictionary(message => message.Sequence);
        var seen = new HashSet<Guid>();
        foreach (var message in held.Where(message => !seen.Add(message.Id)))
        {
            violations.Add(Violations.Twice, $"{client.Handle} holds {message.Id} again at {message.Sequence}");
        }

        foreach (var row in stored)
        {
            if (!places.Remove(row.Sequence, out var message) || message.Missing is not null)
            {
                violations.Add(Violations.Missing, $"{client.Handle} has no {row.Sequence} of {row.ConversationId}");
            }
            else if (message.Id != row.Id || message.SenderId != row.SenderId || message.SenderDeviceId != row.DeviceId)
            {
                violations.Add(Violations.OutOfOrder, $"{client.Handle} holds {message.Id} at {row.Sequence} of {row.ConversationId}, where {row.Id} is stored");
            }
            else
            {
                Check(client, message);
            }
        }

        foreach (var message in places.Values)
        {
            violations.Add(Violations.NeverSent, $"{client.Handle} holds {message.Id} at {message.Sequence} of {message.ConversationId}, which the database has not");
        }
    }

    private void Check(SoakClient client, StoredMessage message)
    {
        if (message.SystemEvent is not null)
        {
            return;
        }

        if (message.Undecryptable is { } reason)
        {
            violations.Add(Violations.Undecryptable, $"{client.Handle} cannot open {message.Sequence} of {message.ConversationId}: {reason}");
        }
        else if (!sent.TryGetValue(message.Id, out var original))
        {
            if (!ControlContent.Is(message.Content))
            {
                violations.Add(Violations.NeverSent, $"{message.Id} at {message.Sequence} of {message.ConversationId}");
            }
        }
        else if ((message.Content as TextContent)?.Text != original.Text)
        {
            violations.Add(Violations.WrongText, $"{client.Handle} reads something else at {message.Sequence} of {message.ConversationId} than was sent");
        }
    }
}
