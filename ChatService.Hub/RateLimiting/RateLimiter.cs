using System.Collections.Concurrent;
using System.Collections.Frozen;
using ChatService.Contracts;
using Microsoft.Extensions.Options;

namespace ChatService.Hub.RateLimiting;

/// <summary>
/// The token buckets of this process: one per limit and key (a user, or a client address before sign-in). A full bucket
/// is the same as none, so full ones are dropped now and then.
/// </summary>
public sealed class RateLimiter
{
    private static readonly TimeSpan s_sweepEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Limit, string Key), TokenBucket> _buckets = new();
    private readonly FrozenDictionary<string, RateLimit> _limits;
    private readonly TimeProvider _time;
    private long _sweptAt;

    public RateLimiter(IOptions<RateLimitOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _sweptAt = time.GetTimestamp();
        _limits = RateLimits.All.Select(limit => Apply(limit, options.Value)).ToFrozenDictionary(limit => limit.Name);
    }

    /// <summary>Buckets that are not full: what this costs in memory.</summary>
    public int Count => _buckets.Count;

    /// <summary>The limit as the operator has set it.</summary>
    public RateLimit InForce(RateLimit limit)
    {
        ArgumentNullException.ThrowIfNull(limit);
        return _limits.GetValueOrDefault(limit.Name, limit);
    }

    /// <summary>Takes tokens, or says with <see cref="ErrorCodes.RateLimited"/> when to try again. Null means go ahead.</summary>
    public ChatError? TryTake(RateLimit limit, string key, int tokens = 1)
    {
        ArgumentNullException.ThrowIfNull(limit);
        ArgumentNullException.ThrowIfNull(key);
        var now = _time.GetTimestamp();
        SweepIfDue(now);
        var inForce = InForce(limit);
        var bucket = _buckets.GetOrAdd(
            (inForce.Name, key),
            static (_, made) => new TokenBucket(made.inForce.Burst, made.inForce.PerSecond, made.now, made.time),
            (inForce, now, time: _time));

        return bucket.TryTake(tokens) is not { } wait
            ? null
            : TooMany(wait);
    }

    private static ChatError TooMany(TimeSpan wait) => new(ErrorCodes.RateLimited, "Too many requests: wait a moment, then try again.")
    {
        RetryAfterMs = (int)Math.Min(int.MaxValue, Math.Ceiling(wait.TotalMilliseconds)),
    };

    /// <summary>As <see cref="TryTake"/> for one token, without taking it.</summary>
    public ChatError? TryPeek(RateLimit limit, string key)
    {
        ArgumentNullException.ThrowIfNull(limit);
        ArgumentNullException.ThrowIfNull(key);
        return _buckets.TryGetValue((InForce(limit).Name, key), out var bucket) && bucket.WaitFor(1) is { } wait ? TooMany(wait) : null;
    }

    private void SweepIfDue(long now)
    {
        var sweptAt = Volatile.Read(ref _sweptAt);
        if (_time.GetElapsedTime(sweptAt, now) < s_sweepEvery
            || Interlocked.CompareExchange(ref _sweptAt, now, sweptAt) != sweptAt)
        {
            return;
        }

        foreach (var (key, bucket) in _buckets)
        {
            if (bucket.IsFull())
            {
                _buckets.TryRemove(new(key, bucket));
            }
        }
    }

    private static RateLimit Apply(RateLimit limit, RateLimitOptions options) =>
        options.TryGetValue(limit.Name, out var set)
            ? limit with { Burst = set.Burst ?? limit.Burst, PerSecond = set.PerSecond ?? limit.PerSecond }
            : limit;
}
