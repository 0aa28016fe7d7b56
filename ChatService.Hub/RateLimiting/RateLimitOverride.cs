namespace ChatService.Hub.RateLimiting;

/// <summary>What an operator sets under <c>RateLimits:&lt;name&gt;</c>; what is left out keeps its default.</summary>
public sealed class RateLimitOverride
{
    public int? Burst { get; set; }

    public double? PerSecond { get; set; }
}
