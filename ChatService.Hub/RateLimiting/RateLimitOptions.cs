namespace ChatService.Hub.RateLimiting;

/// <summary>Overrides of <see cref="Contracts.RateLimits"/> by name: the section <c>RateLimits</c>.</summary>
public sealed class RateLimitOptions() : Dictionary<string, RateLimitOverride>(StringComparer.OrdinalIgnoreCase)
{
    public const string Section = "RateLimits";
}
