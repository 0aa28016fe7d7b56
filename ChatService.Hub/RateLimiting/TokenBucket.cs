namespace ChatService.Hub.RateLimiting;

/// <summary>Refills by the clock when asked, so that a bucket at rest costs no timer. <paramref name="now"/> is a TimeProvider's timestamp.</summary>
internal sealed class TokenBucket(int burst, double perSecond, long now, TimeProvider time)
{
    /// <summary>What binary fractions lose: who waits exactly as long as they were told is let in.</summary>
    private const double Rounding = 1e-6;

    private readonly Lock _gate = new();
    private double _tokens = burst;
    private long _refilledAt = now;

    /// <summary>Null when taken, else how long until so many tokens will be there.</summary>
    public TimeSpan? TryTake(int tokens)
    {
        // More than the bucket holds would never be granted.
        var wanted = Math.Min(tokens, burst);
        lock (_gate)
        {
            Refill();
            if (_tokens >= wanted - Rounding)
            {
                _tokens -= wanted;
                return null;
            }

            return TimeSpan.FromSeconds((wanted - _tokens) / perSecond);
        }
    }

    /// <summary>Null when so many tokens are there, else how long until they will be.</summary>
    public TimeSpan? WaitFor(int tokens)
    {
        lock (_gate)
        {
            Refill();
            return _tokens >= tokens - Rounding ? null : TimeSpan.FromSeconds((tokens - _tokens) / perSecond);
        }
    }

    public bool IsFull()
    {
        lock (_gate)
        {
            Refill();
            return _tokens >= burst - Rounding;
        }
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + (time.GetElapsedTime(_refilledAt, now).TotalSeconds * perSecond));
        _refilledAt = now;
    }
}
