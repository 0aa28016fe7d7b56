using System.Net;
using System.Net.Sockets;

namespace ChatService.Tests.Scenarios;

/// <summary>One address that leads to whichever hub it is told to, as a load balancer's does. Connections end with their hub.</summary>
internal sealed class Doorway : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public Doorway(Uri target)
    {
        Target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Where new connections go.</summary>
    public Uri Target { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }
    }

    private async Task RelayAsync(TcpClient inner)
    {
        using (inner)
        using (var outer = new TcpClient { NoDelay = true })
        {
            try
            {
                inner.NoDelay = true;
                await outer.ConnectAsync(Target.Host, Target.Port, _stop.Token);
                var (near, far) = (inner.GetStream(), outer.GetStream());
                await Task.WhenAny(near.CopyToAsync(far, _stop.Token), far.CopyToAsync(near, _stop.Token));
            }
            catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
            {
                // The hub is not there: whoever knocked sees the door close.
            }
        }
    }
}
