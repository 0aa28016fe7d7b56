using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using ChatService.Benchmarks.Load.Population;
using ChatService.Contracts;

namespace ChatService.Benchmarks.Load;

/// <summary>Another connection of a member that is alive, as its pings say, and reads nothing. When it is cut it comes back, and reads nothing again.</summary>
internal sealed class DeafConnection : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public DeafConnection(LoadTarget target, Member member) => _running = RunAsync(target, member, _stop.Token);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private static async Task RunAsync(LoadTarget target, Member member, CancellationToken stop)
    {
        var address = new UriBuilder(new Uri(target.Server.Address, $"{Routes.Hub}?{Routes.DeviceParameter}={member.DeviceId}")) { Scheme = "ws" }.Uri;
        // Little is kept on the way, so what is not read waits at the server.
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, token) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
                await socket.ConnectAsync(context.DnsEndPoint, token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var socket = new ClientWebSocket();
                socket.Options.SetRequestHeader("Authorization", $"Bearer {target.Tokens!.For(member)}");
                await socket.ConnectAsync(address, new HttpMessageInvoker(handler, disposeHandler: false), stop);
                await SendAsync(socket, """{"protocol":"json","version":1}""", stop);
                while (true)
                {
                    await SendAsync(socket, """{"type":6}""", stop);
                    await Task.Delay(TimeSpan.FromSeconds(1), stop);
                }
            }
            catch (Exception end) when (end is WebSocketException or IOException or OperationCanceledException)
            {
                // Cut, or no longer needed.
            }
        }
    }

    private static ValueTask SendAsync(ClientWebSocket socket, string message, CancellationToken stop) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e').AsMemory(), WebSocketMessageType.Text, endOfMessage: true, stop);
}
