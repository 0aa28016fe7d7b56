using ChatService.Benchmarks.Soak.People;

namespace ChatService.Benchmarks.Soak.Checking;

/// <summary>The ledger of what was sent against the database.</summary>
internal static class LedgerCheck
{
    public static void Run(IReadOnlyCollection<SentMessage> sent, ILookup<Guid, StoredRow> stored, Violations violations)
    {
        var places = stored.SelectMany(rows => rows).ToDictionary(row => (row.ConversationId, row.Id));
        foreach (var message in sent)
        {
            if (message.Error is not null)
            {
                violations.Add(Violations.Refused, $"'{Start(message)}': {message.Error}");
            }

            if (message.Id is not { } id)
            {
                continue;
            }

            if (!places.TryGetValue((message.ConversationId, id), out var row))
            {
                violations.Add(Violations.Lost, $"{id} at {message.Sequence} of {message.ConversationId}");
            }
            else if (row.Sequence != message.Sequence || row.SenderId != message.Sender.Client.Me.Id || row.DeviceId != message.Sender.Client.DeviceId)
            {
                violations.Add(Violations.Misplaced, $"{id} at {message.Sequence}, but stored at {row.Sequence} of {row.ConversationId}");
            }
        }

        foreach (var lane in sent.Where(message => message.Id is not null).GroupBy(message => (message.Sender, message.ConversationId)))
        {
            foreach (var (before, after) in lane.Zip(lane.Skip(1)).Where(pair => pair.First.Sequence >= pair.Second.Sequence))
            {
                violations.Add(Violations.Overtaken, $"{after.Id} at {after.Sequence} was said after {before.Id} at {before.Sequence}");
            }
        }
    }

    private static string Start(SentMessage message) => message.Text[..Math.Min(message.Text.Length, 20)];
}
