namespace ChatService.Core.Users;

/// <summary>
/// Access tokens that are refused although they have not expired: those of a subject (or of one sign-in of theirs) that
/// were issued up to a moment. Kept for longer than any access token lives.
/// </summary>
public sealed class AccessRevocation
{
    /// <summary>The longest life of an access token, and clocks that differ.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(70);

    public long Id { get; init; }

    /// <summary>The token's <c>sub</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The one sign-in that ended; null: all of them.</summary>
    public string? SessionId { get; init; }

    public required DateTime RevokedAt { get; init; }
}
