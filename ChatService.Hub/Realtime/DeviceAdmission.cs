using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Core.Keys;
using ChatService.Core.Users;
using ChatService.Hub.Devices;
using Npgsql;

namespace ChatService.Hub.Realtime;

/// <summary>Lets a device in if it is the user's and not removed, notes that it was seen and with which sign-in, and reads what it should be asked to do.</summary>
public sealed class DeviceAdmission(NpgsqlDataSource dataSource, TimeProvider time)
{
    private static readonly TimeSpan s_notedEvery = TimeSpan.FromDays(1);

    public async Task<Admitted> AdmitAsync(Guid userId, Guid deviceId, string? sessionId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            WITH seen AS (
                UPDATE devices SET last_seen_at = $4
                WHERE id = $1 AND chat_user_id = $2 AND removed_at IS NULL
                RETURNING id
            ), remembered AS (
                INSERT INTO device_sessions (device_id, session_id) SELECT id, $3 FROM seen WHERE $3 IS NOT NULL ON CONFLICT DO NOTHING
            )
            SELECT coalesce(b.signed_pre_key_timestamp <= $5, false),
                   (SELECT count(*)::int FROM one_time_pre_keys k WHERE k.device_id = seen.id AND NOT k.is_used),
                   (SELECT u.shared_signals FROM chat_users u WHERE u.id = $2)
            FROM seen LEFT JOIN user_key_bundles b ON b.device_id = seen.id
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = deviceId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)sessionId ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        var now = time.GetUtcNow().UtcDateTime;
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now - SignedPreKeyAge.Limit });
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (await reader.ReadAsync(cancellationToken))
            {
                return new Admitted(reader.GetBoolean(0), reader.GetInt32(1), (SharedSignals)reader.GetInt32(2));
            }
        }

        throw await IsRetiredAsync(userId, deviceId, cancellationToken)
            ? OwnDevice.Retired()
            : new ChatException(ErrorCodes.DeviceUnknown, "The server does not know this device, or it was removed. Register it first.");
    }

    /// <summary>How these connected devices and their users stand now. The devices are noted as seen, once a day.</summary>
    public async Task<Dictionary<Guid, Standing>> ReadStandingAsync(Guid[] deviceIds, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            WITH seen AS (
                UPDATE devices SET last_seen_at = $2
                WHERE id = ANY($1) AND removed_at IS NULL AND last_seen_at < $3
            )
            SELECT d.id, d.removed_at IS NOT NULL, u.shared_signals FROM devices d JOIN chat_users u ON u.id = d.chat_user_id WHERE d.id = ANY($1)
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = deviceIds });
        var now = time.GetUtcNow().UtcDateTime;
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now - s_notedEvery });
        Dictionary<Guid, Standing> standing = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            standing[reader.GetGuid(0)] = new Standing(reader.GetBoolean(1), (SharedSignals)reader.GetInt32(2));
        }

        return standing;
    }

    private async Task<bool> IsRetiredAsync(Guid userId, Guid deviceId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            "SELECT EXISTS (SELECT FROM devices WHERE id = $1 AND chat_user_id = $2 AND retired_at IS NOT NULL)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = deviceId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <param name="IsRotationDue">The signed prekey is older than 30 days.</param>
    /// <param name="OneTimePreKeys">How many are left.</param>
    /// <param name="Shared">What the user shares.</param>
    public readonly record struct Admitted(bool IsRotationDue, int OneTimePreKeys, SharedSignals Shared);

    /// <param name="IsRemoved">It is no longer anyone's.</param>
    /// <param name="Shared">What its user shares.</param>
    public readonly record struct Standing(bool IsRemoved, SharedSignals Shared);
}
