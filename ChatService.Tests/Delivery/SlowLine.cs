using System.IO.Pipelines;
using System.Text.Json;
using ChatService.Hub.Delivery;
using ChatService.Tests.Scenarios;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatService.Tests.Delivery;

/// <summary>A real connection of the hub whose other end reads when the test says so. It takes 64 KiB before anything waits.</summary>
internal sealed class SlowLine : IAsyncDisposable
{
    private const byte End = 0x1e;

    private readonly Pipe _out = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public SlowLine(string connectionId = "1")
    {
        var transport = new DefaultConnectionContext(connectionId) { Transport = new DuplexPipe(new Pipe().Reader, _out.Writer) };
        Inner = new(transport, new HubConnectionContextOptions(), NullLoggerFactory.Instance) { Protocol = new JsonHubProtocol() };
        var metrics = new DeliveryMetrics(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
        Connection = new(Inner, () => true, metrics, Time, NullLoggerFactory.Instance);
    }

    public FakeTimeProvider Time { get; } = new();

    /// <summary>The hub's own: the answers to the client's calls go here.</summary>
    public HubConnectionContext Inner { get; }

    public BoundedConnection Connection { get; }

    public bool IsCut => Inner.ConnectionAborted.IsCancellationRequested;

    /// <summary>What has been read: the method and its first argument, or the kind of another message.</summary>
    public List<(string Method, string? Argument)> Read { get; } = [];

    /// <summary>As the backplane does it; whoever writes must not have to wait.</summary>
    public void Write(string method, object? argument = null) => Assert.True(WriteAsync(new InvocationMessage(method, [argument])).IsCompletedSuccessfully);

    /// <summary>Fills what the transport takes: whatever comes next waits.</summary>
    public void Fill() => Write("Filler", new string('x', 65 * 1024));

    /// <summary>Reads until there is one that answers the description.</summary>
    public async Task ReadUntilAsync(Func<(string Method, string? Argument), bool> isLast)
    {
        while (!Read.Any(isLast))
        {
            await ReadSomeAsync();
        }
    }

    /// <summary>Reads what has arrived, or waits for the next.</summary>
    public async Task ReadSomeAsync()
    {
        var result = await _out.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience.Limit);
        var rest = result.Buffer;
        while (System.Buffers.BuffersExtensions.PositionOf(rest, End) is { } end)
        {
            Note(rest.Slice(0, end));
            rest = rest.Slice(rest.GetPosition(1, end));
        }

        _out.Reader.AdvanceTo(rest.Start, rest.End);
    }

    private Task WriteAsync(InvocationMessage call) =>
        Connection.WriteAsync(new SerializedHubMessage(call), TestContext.Current.CancellationToken).AsTask();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private void Note(System.Buffers.ReadOnlySequence<byte> text)
    {
        using var message = JsonDocument.Parse(text);
        Read.Add(message.RootElement.TryGetProperty("target", out var target)
            ? (target.GetString()!, message.RootElement.GetProperty("arguments")[0].ToString())
            : ($"type {message.RootElement.GetProperty("type")}", null));
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
