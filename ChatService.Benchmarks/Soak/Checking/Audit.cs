using ChatService.Benchmarks.Soak.People;

namespace ChatService.Benchmarks.Soak.Checking;

/// <summary>Compares the ledger, the database, and every client's store and stream with each other.</summary>
internal sealed class Audit(Population people, Talk talk, StoredMessages stored)
{
    /// <summary>Messages in the database.</summary>
    public int Stored { get; private set; }

    /// <summary>Messages in the clients' stores that were compared.</summary>
    public int Compared { get; private set; }

    public async Task RunAsync(Violations violations, CancellationToken ct)
    {
        var rows = await stored.AllAsync(ct);
        Stored = rows.Sum(conversation => conversation.Count());
        SequenceCheck.Run(rows, await stored.LastSequencesAsync(ct), violations);
        LedgerCheck.Run(talk.Sent, rows, violations);

        var storeCheck = new StoreCheck(talk.Sent.Where(message => message.Id is not null).DistinctBy(message => message.Id).ToDictionary(message => message.Id!.Value), violations);
        foreach (var client in people.Clients)
        {
            if (client.Client.Failure is { } failure)
            {
                violations.Add(Violations.GaveUp, $"{client.Handle}: {failure.Code}");
            }

            var told = (await client.ToldAsync()).ToLookup(message => message.ConversationId);
            foreach (var room in client.Rooms)
            {
                var held = await HeldMessages.OfAsync(client, room.Id, ct);
                Compared += held.Count;
                storeCheck.Run(client, rows[room.Id], held);
                ToldCheck.Run(client, told[room.Id], held, violations);
            }
        }
    }
}
