using System.Security.Claims;
using ChatService.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatService.Hub.Delivery;

/// <summary>
/// A connection as the backplane writes to it. SignalR waits for each member of a group, so one that does not read would hold
/// up all the others on its server. Here nobody waits: what the transport does not take at once waits in <see cref="WaitingCalls"/>,
/// one call at a time goes on, and a connection that takes nothing for long is cut. One that reads, however slowly, never is.
/// The answers to the client's own calls do not come this way; at most one of these calls is ever ahead of them.
/// </summary>
public sealed class BoundedConnection(
    HubConnectionContext inner, Func<bool> hasBackplane, DeliveryMetrics metrics, TimeProvider time, ILoggerFactory loggers)
    : HubConnectionContext(s_nowhere, s_options, loggers)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(Limits.StalledSeconds);
    private static readonly HubConnectionContextOptions s_options = new();

    /// <summary>The base class wants a transport. All that it would do with it is done by the inner connection.</summary>
    private static readonly DefaultConnectionContext s_nowhere = new() { ConnectionClosed = CancellationToken.None };

    private readonly Lock _lock = new();
    private WaitingCalls? _waiting;
    private volatile bool _isWriting;
    private bool _isCut;
    private long _writingSince;

    public override string ConnectionId => inner.ConnectionId;

    public override ClaimsPrincipal User => inner.User;

    public override IFeatureCollection Features => inner.Features;

    public override IDictionary<object, object?> Items => inner.Items;

    public override CancellationToken ConnectionAborted => inner.ConnectionAborted;

    public override IHubProtocol Protocol
    {
        get => inner.Protocol;
        set => inner.Protocol = value;
    }

    public override void Abort() => inner.Abort();

    public override ValueTask WriteAsync(HubMessage message, CancellationToken cancellationToken = default) =>
        WriteAsync(new SerializedHubMessage(message), cancellationToken);

    // The token is not passed on: what was taken is written, as long as there is a connection.
    public override ValueTask WriteAsync(SerializedHubMessage message, CancellationToken cancellationToken = default)
    {
        Write(message);
        return default;
    }

    /// <summary>Returns at once.</summary>
    public void Write(SerializedHubMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!_isWriting || !TryAdd(message))
        {
            var write = inner.WriteAsync(message, CancellationToken.None);
            if (!write.IsCompletedSuccessfully)
            {
                Follow(write);
            }
        }
    }

    /// <summary>While one write is under way, whatever comes waits behind it.</summary>
    private void Follow(ValueTask write)
    {
        lock (_lock)
        {
            if (_isWriting)
            {
                // Another thread's write was first. This one is in the inner connection's own queue, before all that waits here.
                _ = EndAsync(write);
                return;
            }

            _writingSince = time.GetTimestamp();
            _isWriting = true;
        }

        _ = WriteWaitingAsync(write);
    }

    /// <summary>False: the last write has ended in between.</summary>
    private bool TryAdd(SerializedHubMessage message)
    {
        var serialized = message.GetSerializedMessage(inner.Protocol);
        lock (_lock)
        {
            if (!_isWriting)
            {
                return false;
            }

            _waiting ??= new WaitingCalls(time, metrics);
            if (!_isCut && (!_waiting.TryAdd(message, serialized) || time.GetElapsedTime(_writingSince) > s_patience))
            {
                _isCut = true;
                metrics.Cut();
                inner.Abort();
            }

            return true;
        }
    }

    private async Task WriteWaitingAsync(ValueTask write)
    {
        while (true)
        {
            await EndAsync(write);
            SerializedHubMessage? next = null;
            lock (_lock)
            {
                if (_waiting is null || !_waiting.TryTake(out next))
                {
                    _isWriting = false;
                    return;
                }

                _writingSince = time.GetTimestamp();
            }

            write = next is null
                ? inner.WriteAsync(new InvocationMessage(nameof(IChatHubClient.BackplaneChanged), [hasBackplane()]), CancellationToken.None)
                : inner.WriteAsync(next, CancellationToken.None);
        }
    }

    private async Task EndAsync(ValueTask write)
    {
        try
        {
            await write;
        }
        catch (Exception)
        {
            // The connection is gone, and its client knows how to come back.
            inner.Abort();
        }
    }
}
