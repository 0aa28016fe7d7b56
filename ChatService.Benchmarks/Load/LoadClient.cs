using System.Diagnostics;
using ChatService.Benchmarks.Load.Measuring;
using ChatService.Benchmarks.Load.Population;
using ChatService.Contracts;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatService.Benchmarks.Load;

/// <summary>A busy member: sends, waits for the receipt, sends again.</summary>
internal sealed class LoadClient : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly Envelope _envelope;
    private readonly Guid _roomId;
    private readonly bool _joins;
    private readonly Window _window;

    public LoadClient(LoadTarget target, LoadRoom room, Member member, Window window)
    {
        _roomId = room.Id;
        _window = window;
        _envelope = new Envelope(room, member);
        _joins = target.Tokens is null;
        var token = target.Tokens?.For(member);
        _connection = new HubConnectionBuilder()
            .WithUrl(new Uri(target.Server.Address, $"{Routes.Hub}?{Routes.DeviceParameter}={member.DeviceId}"), options =>
            {
                options.SkipNegotiation = true;
                options.Transports = HttpTransportType.WebSockets;
                options.AccessTokenProvider = () => Task.FromResult(token);
            })
            .Build();
        _connection.On<Delivered>(nameof(IChatHubClient.ReceiveMessage), Receive);
    }

    /// <summary>Milliseconds from sending to the receipt, inside the window.</summary>
    public List<double> Acks { get; } = [];

    /// <summary>Milliseconds from another member's sending to here, inside the window.</summary>
    public List<double> Deliveries { get; } = [];

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await _connection.StartAsync(cancellationToken);
        if (_joins)
        {
            await _connection.InvokeAsync("JoinRoom", _roomId, cancellationToken);
        }
    }

    public async Task SendAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            await _connection.InvokeAsync<MessageReceipt>(
                "SendMessage", _roomId, _envelope.Next(started), Envelope.Nonce, Envelope.AuthTag, CancellationToken.None);
            if (_window.IsOpen)
            {
                Acks.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Receive(Delivered message)
    {
        if (_window.IsOpen)
        {
            Deliveries.Add(Envelope.AgeOf(message.Id).TotalMilliseconds);
        }
    }
}
