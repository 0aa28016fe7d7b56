using ChatService.Contracts;
using ChatService.Core.Errors;
using Npgsql;

namespace ChatService.Hub.Realtime;

/// <summary>Lets a device in if it is the user's and not removed, notes that it was seen, and reads what it should be asked to do.</summary>
public sealed class DeviceAdmission(NpgsqlDataSource dataSource)
{
    public async Task<Admitted> AdmitAsync(Guid userId, Guid deviceId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            WITH seen AS (
                UPDATE devices SET last_seen_at = now()
                WHERE id = $1 AND chat_user_id = $2 AND removed_at IS NULL
                RETURNING id
            )
            SELECT coalesce(b.signed_pre_key_timestamp < now() - interval '30 days', false),
                   (SELECT count(*)::int FROM one_time_pre_keys k WHERE k.device_id = seen.id AND NOT k.is_used)
            FROM seen LEFT JOIN user_key_bundles b ON b.device_id = seen.id
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = deviceId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new Admitted(reader.GetBoolean(0), reader.GetInt32(1))
            : throw new ChatException(ErrorCodes.DeviceUnknown, "The server does not know this device, or it was removed. Register it first.");
    }

    /// <summary>Which of these devices are no longer anyone's.</summary>
    public async Task<IReadOnlyList<Guid>> FindRemovedAsync(Guid[] deviceIds, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT id FROM devices WHERE id = ANY($1) AND removed_at IS NOT NULL");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = deviceIds });
        List<Guid> removed = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            removed.Add(reader.GetGuid(0));
        }

        return removed;
    }

    /// <param name="IsRotationDue">The signed prekey is older than 30 days.</param>
    /// <param name="OneTimePreKeys">How many are left.</param>
    public readonly record struct Admitted(bool IsRotationDue, int OneTimePreKeys);
}
