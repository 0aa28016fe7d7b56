using System.Net.WebSockets;
using System.Text;
using ChatService.Contracts;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.Abuse;

/// <summary>The hub's JSON protocol by hand: it can say what no serializer would write.</summary>
internal sealed class RawSocket : IDisposable
{
    private const char End = '\u001e';
    private readonly ClientWebSocket _socket = new();
    private readonly StringBuilder _received = new();

    public static async Task<RawSocket> ConnectAsync(Caller caller)
    {
        var raw = new RawSocket();
        var token = await caller.Client.User.Tokens.GetAccessTokenAsync();
        raw._socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        var address = new UriBuilder(caller.Hub.Address) { Scheme = "ws", Path = Routes.Hub, Query = $"{Routes.DeviceParameter}={caller.Client.DeviceId}" };
        await raw._socket.ConnectAsync(address.Uri, TestContext.Current.CancellationToken);
        await raw.SendAsync("""{"protocol":"json","version":1}""");
        return raw;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public Task SendAsync(byte[] text) =>
        _socket.SendAsync(((byte[])[.. text, (byte)End]).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken).AsTask();

    /// <summary>The next record that contains the text.</summary>
    public async Task<string> RecordAsync(string containing)
    {
        using var limit = new CancellationTokenSource(Patience.Limit);
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var records = _received.ToString().Split(End);
            _received.Clear().Append(records[^1]);
            if (Array.Find(records[..^1], record => record.Contains(containing, StringComparison.Ordinal)) is { } found)
            {
                return found;
            }

            var read = await _socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
            Assert.NotEqual(WebSocketMessageType.Close, read.MessageType);
            _received.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
        }
    }

    public void Dispose() => _socket.Dispose();
}
