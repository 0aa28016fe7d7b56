using ChatService.Contracts;
using ChatService.Hub.Realtime;
using ChatService.Hub.Rooms;
using Microsoft.AspNetCore.SignalR;
using Npgsql;

namespace ChatService.Hub.Presence;

/// <summary>Tells those who share a conversation, and keeps the coarse last-seen time.</summary>
public sealed class PresenceAnnouncer(NpgsqlDataSource dataSource, RoomMembership rooms, IServiceProvider services)
{
    public async Task AnnounceAsync(Guid userId, PresenceStatus status, CancellationToken cancellationToken)
    {
        var lastSeenAt = await RecordAsync(userId, status, cancellationToken);
        var update = new PresenceUpdate(userId, status, status == PresenceStatus.Offline ? lastSeenAt : null);
        var hub = services.GetRequiredService<IHubContext<ChatHub, IChatHubClient>>();
        foreach (var room in await rooms.ReadAsync(userId, cancellationToken))
        {
            await hub.Clients.Group(Audience.Of(room.ConversationId, room.Epoch)).PresenceChanged(update);
        }
    }

    private async Task<DateTime> RecordAsync(Guid userId, PresenceStatus status, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            UPDATE chat_users SET status = $2,
                last_seen_at = to_timestamp(floor(extract(epoch FROM now()) / 300) * 300)
            WHERE id = $1 RETURNING last_seen_at
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = (int)status });
        return (DateTime?)await command.ExecuteScalarAsync(cancellationToken) ?? DateTime.UnixEpoch;
    }
}
