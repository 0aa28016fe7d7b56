using System.Net;
using ChatService.Contracts;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.Connection;

/// <summary>
/// Keeps a connection: opens it, replaces it while it still works when its token ends soon or its server drains, and opens another
/// one whenever it is lost, whatever the reason, until the policy gives up or the client stops.
/// </summary>
internal sealed class ChatConnection(
    Func<CancellationToken, Task<IHubLink>> open, ReconnectPolicy policy, bool retryFirst, TimeProvider time, ILogger logger) : ILinkSource, IAsyncDisposable
{
    private const int RefusalsUntilFinal = 3;

    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource<IHubLink> _link = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;

    public event Action<ConnectionState>? StateChanged;

    /// <summary>Before each attempt to open one.</summary>
    public event Action? Opening;

    /// <summary>After each opening, before anyone else gets to see the connection.</summary>
    public event Action? Opened;

    public ConnectionState State { get; private set; }

    /// <summary>Why it is <see cref="ConnectionState.Disconnected"/>, when it gave up.</summary>
    public ChatException? Failure { get; private set; }

    public IHubLink? Current => Volatile.Read(ref _link).Task is { IsCompletedSuccessfully: true } link ? link.Result : null;

    public Task<IHubLink> LinkAsync(CancellationToken ct) => Volatile.Read(ref _link).Task.WaitAsync(ct);

    /// <summary>Opens the first connection, and goes on in the background.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        SetState(ConnectionState.Connecting);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _stop.Token);
        try
        {
            var first = retryFirst ? await OpenRepeatedlyAsync(null, either.Token) : await OpenAsync(either.Token);
            Publish(first);
            _running = Task.Run(() => KeepAsync(first, _stop.Token), CancellationToken.None);
        }
        catch (Exception e)
        {
            SetState(ConnectionState.Disconnected);
            if (e is OperationCanceledException)
                throw;
            throw Explain(e);
        }
    }

    private async Task KeepAsync(IHubLink link, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await Task.WhenAny(link.Closed, link.ReplacementDue).WaitAsync(ct);
                var next = await OpenRepeatedlyAsync(link, ct);
                Publish(next);
                await link.DisposeAsync();
                link = next;
            }
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            // Stopped. An attempt that is cut off may say so in any words: SignalR gathers what each transport threw.
            await link.DisposeAsync();
        }
        catch (ChatException e)
        {
            Failure = e;
            await link.DisposeAsync();
            SetState(ConnectionState.Disconnected);
        }
    }

    private async Task<IHubLink> OpenRepeatedlyAsync(IHubLink? current, CancellationToken ct)
    {
        var since = time.GetTimestamp();
        var refusals = 0;
        for (var attempt = 0; ; attempt++)
        {
            if (current is { Closed.IsCompleted: true } && State == ConnectionState.Connected)
                await LostAsync(current);
            // A connection that still works is replaced without a pause; a lost one never is, or all would come back at once.
            if (attempt > 0 || current is { Closed.IsCompleted: true })
            {
                var delay = policy.NextDelay(attempt, time.GetElapsedTime(since))
                    ?? throw new ChatException(ClientErrorCodes.Unreachable, "The server could not be reached for too long. Connect again when it is back.");
                var pause = Task.Delay(delay, time, ct);
                await WatchAsync(current, pause);
                await pause;
            }

            try
            {
                var opening = OpenAsync(ct);
                await WatchAsync(current, opening);
                return await opening;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                var error = Explain(e);
                Log.ConnectFailed(logger, attempt + 1, error.Code);
                refusals = error.Code == ErrorCodes.Unauthorized ? refusals + 1 : 0;
                // Signed out for good, or a device that was removed or retired: trying again changes nothing.
                if (error.Code is ErrorCodes.DeviceUnknown or ErrorCodes.DeviceRetired || (error.Code == ErrorCodes.Unauthorized && (e is ChatException || refusals == RefusalsUntilFinal)))
                    throw error;
            }
        }
    }

    /// <summary>Waits for a step towards the next connection, which may take long. If this one is lost meanwhile, nobody is to try it any more.</summary>
    private async Task WatchAsync(IHubLink? current, Task step)
    {
        if (current is null || State != ConnectionState.Connected)
            return;
        await Task.WhenAny(step, current.Closed);
        if (!step.IsCompletedSuccessfully && current.Closed.IsCompleted)
            await LostAsync(current);
    }

    private Task<IHubLink> OpenAsync(CancellationToken ct)
    {
        Opening?.Invoke();
        return open(ct);
    }

    private async Task LostAsync(IHubLink link)
    {
        Log.ConnectionLost(logger, await link.Closed);
        Interlocked.Exchange(ref _link, new(TaskCreationOptions.RunContinuationsAsynchronously));
        SetState(ConnectionState.Reconnecting);
    }

    private void Publish(IHubLink link)
    {
        if (Current is not null)
            Volatile.Write(ref _link, new(TaskCreationOptions.RunContinuationsAsynchronously));
        _link.TrySetResult(link);
        SetState(ConnectionState.Connected);
        Opened?.Invoke();
    }

    private void SetState(ConnectionState state)
    {
        if (State == state)
            return;
        State = state;
        StateChanged?.Invoke(state);
    }

    private static ChatException Explain(Exception e) => e switch
    {
        ChatException chat => chat,
        HubException hub => new(ChatError.Parse(hub.Message), hub),
        HttpRequestException { StatusCode: HttpStatusCode.Unauthorized } => new(ErrorCodes.Unauthorized, "The server does not accept the sign-in. Sign in again.", e),
        _ => new(ClientErrorCodes.Unreachable, "The server cannot be reached. Is it running, and is the address right?", e),
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _link.TrySetCanceled();
        SetState(ConnectionState.Disconnected);
        _stop.Dispose();
    }
}
