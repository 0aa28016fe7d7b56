using ChatService.Core.Conversations;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace ChatService.Hub.Messages;

/// <summary>
/// Delivery lists of the conversations in use. A cached one may be old: the transaction that stores a message compares its
/// version, so age costs a second try and never a wrong answer.
/// </summary>
public sealed class DeliveryLists(NpgsqlDataSource dataSource) : IDisposable
{
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = 1_000_000 });

    public DeliveryListSnapshot? Cached(Guid conversationId) => _cache.Get<DeliveryListSnapshot>(conversationId);

    public void Forget(Guid conversationId) => _cache.Remove(conversationId);

    /// <summary>Null when there is no such conversation.</summary>
    public async Task<DeliveryListSnapshot?> LoadAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT c.membership_version, d.id, d.chat_user_id, u.is_assistant, c.blocks, c.direct_low_id, c.direct_high_id,
                   c.direct_low_id IS NOT NULL AND u.disabled_at IS NOT NULL, u.id, d.created_at
            FROM conversations c
            LEFT JOIN conversation_participants p ON p.conversation_id = c.id
            LEFT JOIN chat_users u ON u.id = p.chat_user_id
            LEFT JOIN devices d ON d.chat_user_id = p.chat_user_id AND d.removed_at IS NULL
            WHERE c.id = $1
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = conversationId });

        long? version = null;
        HashSet<Guid> blockers = [];
        List<(DeliveryListDevice Device, DateTime CreatedAt)> devices = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (version is null)
            {
                version = reader.GetInt64(0);
                blockers = Blockers(reader);
            }

            if (!reader.IsDBNull(8) && reader.GetBoolean(7))
            {
                // Who is gone takes nothing either.
                blockers.Add(reader.GetGuid(8));
            }

            if (!reader.IsDBNull(1))
            {
                devices.Add((new DeliveryListDevice(reader.GetGuid(1), reader.GetGuid(2), reader.GetBoolean(3)), reader.GetDateTime(9)));
            }
        }

        if (version is null)
        {
            return null;
        }

        var (seated, waiting) = DeviceSeats.Of(devices, row => (row.CreatedAt, row.Device.Id));
        var snapshot = new DeliveryListSnapshot(version.Value, [.. seated.Select(row => row.Device).OrderBy(device => device.Id)])
        {
            Waiting = [.. waiting.Select(row => row.Device.Id)],
            Blockers = [.. blockers],
        };
        _cache.Set(conversationId, snapshot, new MemoryCacheEntryOptions
        {
            Size = devices.Count + 1,
            SlidingExpiration = TimeSpan.FromMinutes(10),
        });
        return snapshot;
    }

    private static HashSet<Guid> Blockers(NpgsqlDataReader row) => (DirectBlocks)row.GetInt32(4) switch
    {
        DirectBlocks.None => [],
        DirectBlocks.ByLow => [row.GetGuid(5)],
        DirectBlocks.ByHigh => [row.GetGuid(6)],
        _ => [row.GetGuid(5), row.GetGuid(6)],
    };

    public void Dispose() => _cache.Dispose();
}
