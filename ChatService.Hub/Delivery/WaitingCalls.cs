using ChatService.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Hub.Delivery;

/// <summary>
/// What waits for one connection, in order and within bounds. Signals are left out first. When it is too much all the same, or
/// too old to be called live, whatever is made up later is left out too, and once the rest is written the client is told to
/// catch up: everything left out was committed before that. Not safe for several threads.
/// </summary>
public sealed class WaitingCalls(TimeProvider time, DeliveryMetrics metrics)
{
    private static readonly TimeSpan s_live = TimeSpan.FromSeconds(Limits.WaitingSeconds);

    private readonly Queue<Call> _calls = new();
    private int _bytes;
    private bool _owesCatchUp;

    /// <summary>False: more waits than may, of what cannot be left out.</summary>
    public bool TryAdd(SerializedHubMessage message, ReadOnlyMemory<byte> serialized)
    {
        var kind = SerializedCall.KindOf(serialized.Span);
        if ((_owesCatchUp && kind != CallKind.Other) || (kind == CallKind.Signal && _calls.Count >= Limits.WaitingSignals))
        {
            metrics.LeftOut(1);
            return true;
        }

        if (!_owesCatchUp && (IsTooMuch(_calls.Count + 1, _bytes + serialized.Length) || IsTooOld))
        {
            LeaveOut();
            if (kind != CallKind.Other)
            {
                metrics.LeftOut(1);
                return true;
            }
        }

        _calls.Enqueue(new Call(message, serialized.Length, kind, time.GetTimestamp()));
        _bytes += serialized.Length;
        return !IsTooMuch(_calls.Count, _bytes);
    }

    /// <summary>The next to write; null stands for the word that there is something to catch up on.</summary>
    public bool TryTake(out SerializedHubMessage? message)
    {
        if (_calls.TryDequeue(out var call))
        {
            _bytes -= call.Bytes;
            message = call.Message;
            return true;
        }

        message = null;
        (var owed, _owesCatchUp) = (_owesCatchUp, false);
        return owed;
    }

    private bool IsTooOld => _calls.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since) > s_live;

    private static bool IsTooMuch(int calls, int bytes) => calls > Limits.WaitingCalls || bytes > Limits.WaitingBytes;

    private void LeaveOut()
    {
        _owesCatchUp = true;
        var before = _calls.Count;
        for (var left = before; left > 0; left--)
        {
            var call = _calls.Dequeue();
            if (call.Kind == CallKind.Other)
            {
                _calls.Enqueue(call);
            }
            else
            {
                _bytes -= call.Bytes;
            }
        }

        metrics.FellBehind();
        metrics.LeftOut(before - _calls.Count);
    }

    private readonly record struct Call(SerializedHubMessage Message, int Bytes, CallKind Kind, long Since);
}
