namespace ChatService.Core.Keys;

/// <summary>The token bucket of one requesting device at one target device (design: 6, then one per 10 minutes).</summary>
public sealed class OneTimePreKeyAllowance
{
    public required Guid RequestingDeviceId { get; init; }

    public required Guid TargetDeviceId { get; init; }

    public required double Tokens { get; set; }

    public required DateTime UpdatedAt { get; set; }
}
