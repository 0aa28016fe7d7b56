using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.HubCalls;

/// <summary>A client on a bare WebSocket that is alive, as its pings say, and reads nothing.</summary>
internal sealed class DeafClient : IAsyncDisposable
{
    private const char End = '\u001e';

    private readonly ClientWebSocket _socket = new();
    private readonly SocketsHttpHandler _handler = new()
    {
        // Little is kept on the way, so what is not read waits at the server.
        ConnectCallback = async (context, token) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
            await socket.ConnectAsync(context.DnsEndPoint, token);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    /// <summary>Completes when the server has ended the connection.</summary>
    public Task Cut { get; private set; } = Task.CompletedTask;

    /// <summary>Returns when the connection has joined its conversations; nothing is read after that.</summary>
    public static async Task<DeafClient> ConnectAsync(Uri hub, ApiUser user, Guid deviceId)
    {
        var client = new DeafClient();
        client._socket.Options.SetRequestHeader("Authorization", $"Bearer {await user.Tokens.GetAccessTokenAsync()}");
        var address = new UriBuilder(new Uri(hub, $"{Routes.Hub}?{Routes.DeviceParameter}={deviceId}")) { Scheme = "ws" }.Uri;
        await client._socket.ConnectAsync(address, new HttpMessageInvoker(client._handler, disposeHandler: false), client._stop.Token);
        await client.WriteAsync("""{"protocol":"json","version":1}""");
        await client.WriteAsync($$"""{"type":1,"invocationId":"1","target":"{{nameof(IChatHub.GetPresence)}}","arguments":[]}""");
        await client.ReadUntilAsync("\"invocationId\":\"1\"").WaitAsync(Patience.Limit);
        client.Cut = client.PingAsync();
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Cut;
        _socket.Dispose();
        _handler.Dispose();
        _stop.Dispose();
    }

    /// <summary>Without pings the server would take it for dead.</summary>
    private async Task PingAsync()
    {
        try
        {
            while (true)
            {
                await WriteAsync("""{"type":6}""");
                await Task.Delay(TimeSpan.FromSeconds(1), _stop.Token);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection has ended.
        }
    }

    private async Task WriteAsync(string message) =>
        await _socket.SendAsync(Encoding.UTF8.GetBytes(message + End).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, _stop.Token);

    private async Task ReadUntilAsync(string text)
    {
        var buffer = new byte[4096];
        var read = new StringBuilder();
        while (!read.ToString().Contains(text, StringComparison.Ordinal))
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), _stop.Token);
            Assert.NotEqual(WebSocketMessageType.Close, part.MessageType);
            read.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
        }
    }
}
