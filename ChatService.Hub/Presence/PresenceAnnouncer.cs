using ChatService.Contracts;
using ChatService.Core.Users;
using ChatService.Hub.Realtime;
using ChatService.Hub.Rooms;
using Microsoft.AspNetCore.SignalR;
using Npgsql;

namespace ChatService.Hub.Presence;

/// <summary>Tells those who share a conversation (and their own presence), and keeps the coarse last-seen time.</summary>
public sealed class PresenceAnnouncer(NpgsqlDataSource dataSource, RoomMembership rooms, IServiceProvider services)
{
    public async Task AnnounceAsync(Guid userId, PresenceStatus status, CancellationToken cancellationToken)
    {
        var (lastSeenAt, isShared) = await RecordAsync(userId, status, cancellationToken);
        if (isShared)
        {
            await TellAsync(new PresenceUpdate(userId, status, status == PresenceStatus.Offline ? lastSeenAt : null), cancellationToken);
        }
    }

    /// <summary>To the others, someone who shows no presence any more is offline, and has not been seen.</summary>
    public Task HideAsync(Guid userId, CancellationToken cancellationToken) =>
        TellAsync(new PresenceUpdate(userId, PresenceStatus.Offline, null), cancellationToken);

    private async Task TellAsync(PresenceUpdate update, CancellationToken cancellationToken)
    {
        var hub = services.GetRequiredService<IHubContext<ChatHub, IChatHubClient>>();
        foreach (var room in (await rooms.ReadAsync(update.UserId, cancellationToken)).Where(room => !room.IsBlocked))
        {
            await hub.Clients.Room(room.ConversationId, room.Audience, SharedSignals.Presence).PresenceChanged(update);
        }
    }

    private async Task<(DateTime LastSeenAt, bool IsShared)> RecordAsync(Guid userId, PresenceStatus status, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            UPDATE chat_users SET status = $2,
                last_seen_at = to_timestamp(floor(extract(epoch FROM now()) / 300) * 300)
            WHERE id = $1 RETURNING last_seen_at, shared_signals
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = (int)status });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetDateTime(0), ((SharedSignals)reader.GetInt32(1)).HasFlag(SharedSignals.Presence))
            : (DateTime.UnixEpoch, false);
    }
}
