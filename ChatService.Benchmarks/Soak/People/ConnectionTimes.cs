using System.Diagnostics;
using ChatService.Client;
using ChatService.Client.Connection;

namespace ChatService.Benchmarks.Soak.People;

/// <summary>How often a client lost its connection, and for how long at most it had none.</summary>
internal sealed class ConnectionTimes
{
    private readonly Lock _gate = new();
    private readonly List<(long From, long To)> _breaks = [];
    private long? _lostAt;
    private TimeSpan _longest;

    public ConnectionTimes(ChatEvents events) => events.ConnectionChanged += Changed;

    public int Reconnects { get; private set; }

    public bool IsConnected { get; private set; }

    public TimeSpan Longest
    {
        get
        {
            lock (_gate)
            {
                return _lostAt is { } lostAt && Stopwatch.GetElapsedTime(lostAt) is var now && now > _longest ? now : _longest;
            }
        }
    }

    /// <summary>Whether it had a connection all the while, as far as it knew.</summary>
    /// <param name="from">A timestamp of <see cref="Stopwatch"/>, as is <paramref name="to"/>.</param>
    public bool WasConnected(long from, long to)
    {
        lock (_gate)
        {
            return !_breaks.Exists(gap => gap.From <= to && gap.To >= from) && !(_lostAt <= to);
        }
    }

    private void Changed(ConnectionState state)
    {
        lock (_gate)
        {
            IsConnected = state == ConnectionState.Connected;
            if (state == ConnectionState.Reconnecting)
            {
                _lostAt = Stopwatch.GetTimestamp();
            }
            else if (IsConnected && _lostAt is { } lostAt)
            {
                Reconnects++;
                _breaks.Add((lostAt, Stopwatch.GetTimestamp()));
                _longest = Stopwatch.GetElapsedTime(lostAt) is var away && away > _longest ? away : _longest;
                _lostAt = null;
            }
        }
    }
}
