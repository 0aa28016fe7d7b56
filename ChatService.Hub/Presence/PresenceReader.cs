using ChatService.Contracts;
using ChatService.Hub.Rooms;
using Npgsql;

namespace ChatService.Hub.Presence;

/// <summary>The presence of the people one shares a conversation with, and of nobody else.</summary>
public sealed class PresenceReader(ConversationReader conversations, PresenceLeases leases, NpgsqlDataSource dataSource)
{
    public async Task<IReadOnlyList<PresenceUpdate>> ReadAsync(Guid userId, CancellationToken cancellationToken)
    {
        Guid[] contacts = [.. (await conversations.ContactsAsync(userId, cancellationToken)).Where(id => id != userId)];
        await using var command = dataSource.CreateCommand("SELECT id, last_seen_at FROM chat_users WHERE id = ANY($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = contacts });
        Dictionary<Guid, DateTime> lastSeen = [];
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                lastSeen[reader.GetGuid(0)] = reader.GetDateTime(1);
            }
        }

        var statuses = await Task.WhenAll(contacts.Select(leases.StatusAsync));
        // An array, not whatever the compiler makes of an interface: MessagePack writes only types that it knows.
        PresenceUpdate[] presence =
        [
            .. contacts.Zip(statuses, (id, status) =>
                new PresenceUpdate(id, status, status == PresenceStatus.Offline && lastSeen.TryGetValue(id, out var at) ? at : null)),
        ];
        return presence;
    }
}
