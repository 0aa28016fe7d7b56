namespace ChatService.Core.Keys;

/// <summary>
/// A token bucket at one target device: of one requesting device, of one requesting user (whose many devices must not
/// multiply it), or of everyone together.
/// </summary>
public sealed class OneTimePreKeyAllowance
{
    public required AllowanceScope Scope { get; init; }

    /// <summary>The requesting device or user; of <see cref="AllowanceScope.Everyone"/> the target itself.</summary>
    public required Guid RequesterId { get; init; }

    public required Guid TargetDeviceId { get; init; }

    public required double Tokens { get; set; }

    public required DateTime UpdatedAt { get; set; }
}
