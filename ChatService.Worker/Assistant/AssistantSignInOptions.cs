using System.ComponentModel.DataAnnotations;

namespace ChatService.Worker.Assistant;

/// <summary>The section <c>Assistant:SignIn</c>: client credentials (RFC 6749 section 4.4) with the authority that the hubs trust.</summary>
public sealed class AssistantSignInOptions
{
    [Required]
    public required Uri TokenEndpoint { get; set; }

    [Required]
    public required string ClientId { get; set; }

    [Required]
    public required string ClientSecret { get; set; }

    /// <summary>What its tokens' <c>sub</c> says: by it the hubs know the assistant.</summary>
    [Required]
    public required string Subject { get; set; }

    public string? Scope { get; set; }

    public string? Audience { get; set; }
}
