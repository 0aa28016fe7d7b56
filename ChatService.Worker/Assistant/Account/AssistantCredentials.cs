namespace ChatService.Worker.Assistant;

/// <param name="TokenEndpoint">Null: the built-in authority's, at the hubs' own address.</param>
internal sealed record AssistantCredentials(Uri? TokenEndpoint, string ClientId, string ClientSecret, string? Scope, string? Audience)
{
    /// <summary>Records print their members; a secret is not for logs.</summary>
    public override string ToString() => nameof(AssistantCredentials);
}
