using System.ComponentModel.DataAnnotations;

namespace ChatService.Hub.Presence;

/// <summary>The section <c>Presence</c>. A killed hub's users are offline after <see cref="LeaseSeconds"/> and one <see cref="Interval"/>.</summary>
public sealed class PresenceOptions
{
    public const string Section = "Presence";

    /// <summary>How long a connection counts after its server last vouched for it. It is renewed three times in that time, less a little.</summary>
    [Range(3, 40)]
    public double LeaseSeconds { get; set; } = 35;

    /// <summary>A connection that ends keeps its lease for so long, so that a reconnect does not flicker.</summary>
    [Range(1, 30)]
    public double GraceSeconds { get; set; } = 8;

    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    public TimeSpan Grace => TimeSpan.FromSeconds(GraceSeconds);

    /// <summary>Between two sweeps; every third one also renews, so that a lease outlives two renewals.</summary>
    public TimeSpan Interval => Lease / 7;
}
