using System.Runtime.InteropServices;
using ChatService.Contracts;
using ChatService.Hub.Realtime;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace ChatService.Hub.Draining;

/// <summary>
/// SignalR closes everything as soon as the host begins to stop. So on SIGTERM it does not begin yet: readiness goes off and,
/// once load balancers have seen it, clients are asked to reconnect elsewhere, and the host stops when they have gone or their time is up. A second signal stops at once.
/// </summary>
public sealed partial class DrainingLifetime(
    IHostApplicationLifetime application,
    LocalConnections connections,
    IServiceProvider services,
    IOptions<DrainOptions> options,
    TimeProvider time,
    ILogger<DrainingLifetime> logger) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _asked;
    private bool _hasGivenNotice;

    public bool IsDraining => Volatile.Read(ref _asked) > 0;

    /// <summary>Who connects from here on is told to go too.</summary>
    public bool HasGivenNotice => Volatile.Read(ref _hasGivenNotice);

    /// <summary>Not all at once, and early enough for the slower half too.</summary>
    public int ReconnectWithinMs => options.Value.Seconds * 1000 / 2;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _asked) == 1)
        {
            _ = Task.Run(DrainAsync);
        }
        else
        {
            application.StopApplication();
        }
    }

    private async Task DrainAsync()
    {
        try
        {
            var patience = TimeSpan.FromSeconds(options.Value.Seconds);
            Draining(logger, connections.Count, options.Value.Seconds);
            await Task.Delay(TimeSpan.FromSeconds(options.Value.NoticeSeconds), time);
            Volatile.Write(ref _hasGivenNotice, true);
            await TellAsync();
            var started = time.GetTimestamp();
            while (connections.Count > 0 && time.GetElapsedTime(started) < patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), time);
            }
        }
        finally
        {
            application.StopApplication();
        }
    }

    private async Task TellAsync()
    {
        var hub = services.GetRequiredService<IHubContext<ChatHub, IChatHubClient>>();
        await Telling.AllAsync(connections.All, device => hub.Clients.Client(device.ConnectionId).ServerDraining(ReconnectWithinMs));
    }

    [LoggerMessage(LogLevel.Information, "Draining {Connections} connections for at most {Seconds} s.")]
    private static partial void Draining(ILogger logger, int connections, int seconds);
}
