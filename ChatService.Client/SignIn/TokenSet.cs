namespace ChatService.Client.SignIn;

/// <summary>What the token endpoint gives (RFC 6749 section 5.1).</summary>
internal sealed record TokenSet(string AccessToken, string? RefreshToken, DateTimeOffset ExpiresAt, TimeSpan Lifetime)
{
    /// <summary>A fifth of its life, at most a minute, is left for the request that it is for.</summary>
    public bool IsFresh(DateTimeOffset now) => ExpiresAt - now > TimeSpan.FromTicks(Math.Min(Lifetime.Ticks / 5, TimeSpan.TicksPerMinute));
}
