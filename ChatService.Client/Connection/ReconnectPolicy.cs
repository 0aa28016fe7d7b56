namespace ChatService.Client.Connection;

/// <summary>
/// Exponential backoff with full jitter: a delay is drawn evenly from zero to a ceiling that doubles with each attempt, so that
/// the clients of a server that went away do not come back in waves.
/// </summary>
public sealed record ReconnectPolicy
{
    /// <summary>The ceiling of the first delay.</summary>
    public TimeSpan Base { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The highest ceiling.</summary>
    public TimeSpan Cap { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After so long without a connection the client gives up. <see cref="Timeout.InfiniteTimeSpan"/>: never.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The longest that the delay before this attempt can be.</summary>
    /// <param name="attempt">0 for the first attempt after the loss.</param>
    public TimeSpan Ceiling(int attempt)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(attempt);
        // 2^30 times a base of a tick is beyond any sensible cap, and stays clear of overflow.
        var doubled = Base.Ticks * Math.Pow(2, Math.Min(attempt, 30));
        return doubled >= Cap.Ticks ? Cap : TimeSpan.FromTicks((long)doubled);
    }

    /// <summary>The delay before the next attempt, or null when it is time to give up.</summary>
    /// <param name="elapsed">Since the connection was lost.</param>
    public TimeSpan? NextDelay(int attempt, TimeSpan elapsed)
    {
        if (GiveUpAfter != Timeout.InfiniteTimeSpan && elapsed >= GiveUpAfter)
            return null;
        return Ceiling(attempt) * Random.Shared.NextDouble();
    }
}
