namespace ChatService.Client.SignIn;

/// <summary>What a program signs in with, at the server's own authority or another one (RFC 6749 section 4.4).</summary>
public sealed record ClientCredentials(string ClientId, string ClientSecret)
{
    /// <summary>Where tokens come from. Null: where the server's discovery document says.</summary>
    public Uri? TokenEndpoint { get; init; }

    /// <summary>What some authorities want to be asked for, space-separated.</summary>
    public string? Scope { get; init; }

    /// <summary>For whom the tokens are, where an authority wants that said (Auth0's <c>audience</c>).</summary>
    public string? Audience { get; init; }

    /// <summary>Records print their members; a secret is not for logs.</summary>
    public override string ToString() => $"{nameof(ClientCredentials)} of {ClientId}";
}
