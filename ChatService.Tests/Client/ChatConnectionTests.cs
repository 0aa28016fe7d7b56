using System.Net;
using System.Threading.Channels;
using ChatService.Client;
using ChatService.Client.Connection;
using ChatService.Contracts;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatService.Tests.Client;

public class ChatConnectionTests
{
    private static readonly ReconnectPolicy s_fast = new() { Base = TimeSpan.FromMilliseconds(1), Cap = TimeSpan.FromMilliseconds(2) };

    private readonly Channel<Func<IHubLink>> _script = Channel.CreateUnbounded<Func<IHubLink>>();
    private readonly Channel<ConnectionState> _states = Channel.CreateUnbounded<ConnectionState>();
    private Func<CancellationToken, Task<IHubLink>>? _attempt;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_connection_is_opened_again_however_often_that_fails()
    {
        ScriptedLink first = new(), second = new();
        await using var connection = await ConnectedAsync(first);

        for (var i = 0; i < 20; i++)
            Next(() => throw new HttpRequestException("refused"));
        Next(() => second);
        first.Lose();

        await ExpectAsync(ConnectionState.Reconnecting, ConnectionState.Connected);
        Assert.Same(second, connection.Current);
    }

    [Fact]
    public async Task A_connection_whose_token_ends_is_replaced_before_it_ends_and_nobody_sees_a_break()
    {
        ScriptedLink first = new(), second = new();
        await using var connection = await ConnectedAsync(first);

        Next(() => second);
        first.AskForReplacement();

        await first.Closed.WaitAsync(Ct);
        Assert.Same(second, connection.Current);
        Assert.False(_states.Reader.TryRead(out _));
    }

    [Fact]
    public async Task What_waits_for_a_connection_gets_the_next_one()
    {
        ScriptedLink first = new(), second = new();
        await using var connection = await ConnectedAsync(first);
        first.Lose();
        await ExpectAsync(ConnectionState.Reconnecting);

        var waiting = connection.LinkAsync(Ct);
        Assert.False(waiting.IsCompleted);
        Next(() => second);

        Assert.Same(second, await waiting);
    }

    [Fact]
    public async Task A_device_that_was_removed_is_not_tried_again()
    {
        ScriptedLink first = new();
        await using var connection = await ConnectedAsync(first);

        Next(() => throw new ChatException(ErrorCodes.DeviceUnknown, "This device was removed."));
        first.Lose();

        await ExpectAsync(ConnectionState.Reconnecting, ConnectionState.Disconnected);
        Assert.Equal(ErrorCodes.DeviceUnknown, connection.Failure?.Code);
    }

    [Fact]
    public async Task A_token_that_is_refused_again_and_again_ends_it()
    {
        ScriptedLink first = new();
        await using var connection = await ConnectedAsync(first);

        for (var i = 0; i < 3; i++)
            Next(() => throw new HttpRequestException("no", null, HttpStatusCode.Unauthorized));
        first.Lose();

        await ExpectAsync(ConnectionState.Reconnecting, ConnectionState.Disconnected);
        Assert.Equal(ErrorCodes.Unauthorized, connection.Failure?.Code);
    }

    [Fact]
    public async Task The_first_attempt_fails_at_once_with_a_reason()
    {
        Next(() => throw new HttpRequestException("refused"));
        await using var connection = Create();

        var error = await Assert.ThrowsAsync<ChatException>(() => connection.StartAsync(Ct));

        Assert.Equal(ClientErrorCodes.Unreachable, error.Code);
        Assert.Equal(ConnectionState.Disconnected, connection.State);
    }

    [Fact]
    public async Task Stopping_while_reconnecting_ends_the_attempts()
    {
        ScriptedLink first = new();
        var connection = await ConnectedAsync(first);
        first.Lose();
        await ExpectAsync(ConnectionState.Reconnecting);

        await connection.DisposeAsync();

        await ExpectAsync(ConnectionState.Disconnected);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.LinkAsync(Ct));
    }

    [Fact]
    public async Task Stopping_in_the_middle_of_an_attempt_ends_it_whatever_the_attempt_throws()
    {
        ScriptedLink first = new();
        var connection = await ConnectedAsync(first);
        var isTrying = new TaskCompletionSource();
        _attempt = async ct =>
        {
            isTrying.SetResult();
            await Task.WhenAny(Task.Delay(Timeout.Infinite, ct));
            throw new AggregateException("no transport", new TimeoutException());
        };
        first.Lose();
        await isTrying.Task.WaitAsync(Ct);

        await connection.DisposeAsync();

        Assert.Equal(ConnectionState.Disconnected, connection.State);
        Assert.Null(connection.Failure);
    }

    [Fact]
    public async Task A_connection_that_is_lost_while_its_replacement_is_on_the_way_is_nobodys_any_more()
    {
        ScriptedLink first = new(), second = new();
        await using var connection = await ConnectedAsync(first);
        var isTrying = new TaskCompletionSource();
        var replacement = new TaskCompletionSource<IHubLink>();
        _attempt = _ =>
        {
            isTrying.SetResult();
            return replacement.Task;
        };
        first.AskForReplacement();
        await isTrying.Task.WaitAsync(Ct);

        first.Lose();

        await ExpectAsync(ConnectionState.Reconnecting);
        Assert.Null(connection.Current);
        replacement.SetResult(second);
        await ExpectAsync(ConnectionState.Connected);
        Assert.Same(second, connection.Current);
    }

    private ChatConnection Create()
    {
        var connection = new ChatConnection(OpenAsync, s_fast, retryFirst: false, TimeProvider.System, NullLogger.Instance);
        connection.StateChanged += state => _states.Writer.TryWrite(state);
        return connection;
    }

    private async Task<ChatConnection> ConnectedAsync(IHubLink link)
    {
        Next(() => link);
        var connection = Create();
        await connection.StartAsync(Ct);
        await ExpectAsync(ConnectionState.Connecting, ConnectionState.Connected);
        return connection;
    }

    private void Next(Func<IHubLink> outcome) => _script.Writer.TryWrite(outcome);

    private Task<IHubLink> OpenAsync(CancellationToken ct) => _attempt?.Invoke(ct) ?? ScriptedAsync(ct);

    private async Task<IHubLink> ScriptedAsync(CancellationToken ct) => (await _script.Reader.ReadAsync(ct))();

    private async Task ExpectAsync(params ConnectionState[] states)
    {
        foreach (var state in states)
            Assert.Equal(state, await _states.Reader.ReadAsync(Ct));
    }
}
