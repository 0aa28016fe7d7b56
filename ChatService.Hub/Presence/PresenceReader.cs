using ChatService.Contracts;
using ChatService.Core.Users;
using ChatService.Hub.Rooms;
using Npgsql;

namespace ChatService.Hub.Presence;

/// <summary>The presence of the people one shares a conversation with, and of nobody else; for those only who show their own.</summary>
public sealed class PresenceReader(ConversationReader conversations, PresenceLeases leases, NpgsqlDataSource dataSource)
{
    public async Task<IReadOnlyList<PresenceUpdate>> ReadAsync(Guid userId, CancellationToken cancellationToken)
    {
        Guid[] everyone = [.. await conversations.ContactsAsync(userId, withBlocked: false, cancellationToken)];
        var lastSeen = await ReadLastSeenAsync(everyone, cancellationToken);
        if (!lastSeen.Remove(userId))
        {
            return Array.Empty<PresenceUpdate>();
        }

        var statuses = await Task.WhenAll(everyone.Select(id => lastSeen.ContainsKey(id) ? leases.StatusAsync(id) : s_offline));
        // An array, not whatever the compiler makes of an interface: MessagePack writes only types that it knows.
        PresenceUpdate[] presence =
        [
            .. everyone.Zip(statuses).Where(pair => pair.First != userId).Select(pair =>
                new PresenceUpdate(pair.First, pair.Second, pair.Second == PresenceStatus.Offline && lastSeen.TryGetValue(pair.First, out var at) ? at : null)),
        ];
        return presence;
    }

    private static readonly Task<PresenceStatus> s_offline = Task.FromResult(PresenceStatus.Offline);

    /// <summary>Of those who show their presence.</summary>
    private async Task<Dictionary<Guid, DateTime>> ReadLastSeenAsync(Guid[] userIds, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT id, last_seen_at FROM chat_users WHERE id = ANY($1) AND shared_signals & $2 <> 0");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = userIds });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = (int)SharedSignals.Presence });
        Dictionary<Guid, DateTime> lastSeen = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            lastSeen[reader.GetGuid(0)] = reader.GetDateTime(1);
        }

        return lastSeen;
    }
}
