using ChatService.Hub.Realtime;

namespace ChatService.Hub.Presence;

/// <summary>Renews this server's leases, ends expired ones, and ends connections of devices that were removed without this server having heard.</summary>
public sealed partial class LeaseRenewal(
    LocalConnections connections, PresenceLeases leases, DeviceAdmission admission, TimeProvider time, ILogger<LeaseRenewal> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);
    private const int RenewEvery = 3;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
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
            var removed = await admission.FindRemovedAsync([.. batch.Select(device => device.DeviceId).Distinct()], cancellationToken);
            foreach (var device in batch.Where(device => removed.Contains(device.DeviceId)))
            {
                device.Abort();
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Leases were not renewed this time: {Reason}")]
    private static partial void Skipped(ILogger logger, string reason);
}
