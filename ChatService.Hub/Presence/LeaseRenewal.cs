using ChatService.Hub.Realtime;
using ChatService.Hub.Rooms;
using Microsoft.Extensions.Options;

namespace ChatService.Hub.Presence;

/// <summary>
/// Renews this server's leases, ends expired ones, and makes up for what this server was not told: devices that were removed,
/// users who share something else.
/// </summary>
public sealed partial class LeaseRenewal(
    LocalConnections connections,
    PresenceLeases leases,
    DeviceAdmission admission,
    RoomMembership rooms,
    IOptions<PresenceOptions> options,
    TimeProvider time,
    ILogger<LeaseRenewal> logger) : BackgroundService
{
    /// <summary>Sweeps from one renewal to the next.</summary>
    private const int RenewEvery = 3;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        for (var tick = 1; await timer.WaitForNextTickAsync(stoppingToken); tick++)
        {
            try
            {
                if (tick % RenewEvery == 0)
                {
                    await RenewAsync(stoppingToken);
                }

                await leases.SweepAsync();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Skipped(logger, exception.Message);
            }
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        ConnectedDevice[] local = [.. connections.All];
        foreach (var batch in local.Chunk(200))
        {
            await Task.WhenAll(batch.Select(leases.RenewAsync));
            var standing = await admission.ReadStandingAsync([.. batch.Select(device => device.DeviceId).Distinct()], cancellationToken);
            foreach (var device in batch)
            {
                if (!standing.TryGetValue(device.DeviceId, out var now) || now.IsRemoved)
                {
                    device.Abort();
                }
                else
                {
                    await rooms.ResettleAsync(device, now.Shared, cancellationToken);
                }
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Leases were not renewed this time: {Reason}")]
    private static partial void Skipped(ILogger logger, string reason);
}
