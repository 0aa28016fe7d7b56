using ChatService.Contracts;
using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Keys;

/// <summary>The pools of one-time prekeys as a distribution over all devices, and how many signed prekeys are too old.</summary>
/// <param name="Fewest">What the device with the fewest has left.</param>
/// <param name="FewestOfMost">What all but one device in twenty have at least.</param>
/// <param name="Median">What half of the devices have at least.</param>
/// <param name="Empty">Devices that have none left: their sessions begin with the signed prekey alone.</param>
/// <param name="Low">Devices that have some left, but fewer than <see cref="Limits.OneTimePreKeysLow"/>.</param>
/// <param name="Overdue">Devices whose signed prekey is older than 30 days.</param>
public sealed record PreKeyFigures(int Devices, int Fewest, int FewestOfMost, int Median, int Empty, int Low, int Overdue)
{
    public static async Task<PreKeyFigures> CountAsync(ChatDbContext db, DateTime now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var oldest = now - SignedPreKeyAge.Limit;
        var low = Limits.OneTimePreKeysLow;
        var rows = await db.Database.SqlQuery<PreKeyFigures>(
            $"""
            SELECT count(*)::int AS devices,
                coalesce(min(pool.remaining), 0) AS fewest,
                coalesce(percentile_disc(0.05) WITHIN GROUP (ORDER BY pool.remaining), 0) AS fewest_of_most,
                coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY pool.remaining), 0) AS median,
                count(*) FILTER (WHERE pool.remaining = 0)::int AS empty,
                count(*) FILTER (WHERE pool.remaining BETWEEN 1 AND {low} - 1)::int AS low,
                count(*) FILTER (WHERE b.signed_pre_key_timestamp <= {oldest})::int AS overdue
            FROM devices d JOIN user_key_bundles b ON b.device_id = d.id CROSS JOIN LATERAL (
                SELECT count(*)::int AS remaining FROM one_time_pre_keys k WHERE k.device_id = d.id AND NOT k.is_used) AS pool
            WHERE d.removed_at IS NULL
            """).ToListAsync(cancellationToken);
        return rows[0];
    }
}
