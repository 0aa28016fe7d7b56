namespace ChatService.Core.Accounts;

/// <summary>
/// A key of the authority, sealed with the data protection keys, which are sealed with a key outside the database. It is accepted (and published) from creation to
/// <see cref="ExpiresAt"/>, and preferred from <see cref="ActivatesAt"/> until a younger one activates.
/// </summary>
public sealed class ServerKey
{
    /// <summary>The tokens' <c>kid</c>.</summary>
    public required string Id { get; init; }

    public required ServerKeyUse Use { get; init; }

    public required byte[] Sealed { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime ActivatesAt { get; init; }

    public required DateTime ExpiresAt { get; set; }
}
