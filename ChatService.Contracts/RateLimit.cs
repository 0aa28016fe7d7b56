namespace ChatService.Contracts;

/// <summary>A token bucket: <paramref name="Burst"/> at once, then <paramref name="PerSecond"/>.</summary>
public sealed record RateLimit(string Name, int Burst, double PerSecond, WhenUncounted WhenUncounted);
