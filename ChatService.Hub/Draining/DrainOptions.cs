using System.ComponentModel.DataAnnotations;

namespace ChatService.Hub.Draining;

/// <summary>The section <c>Drain</c>.</summary>
public sealed class DrainOptions
{
    public const string Section = "Drain";

    /// <summary>
    /// How long load balancers have to see that the server is not ready any more, before its clients are told to go: they would be
    /// led back to it. It serves as ever meanwhile. Longer than the interval of the balancers' probes.
    /// </summary>
    [Range(0, 600)]
    public int NoticeSeconds { get; set; } = 2;

    /// <summary>How long clients have to go elsewhere before the server stops. Both together shorter than the orchestrator's patience.</summary>
    [Range(0, 600)]
    public int Seconds { get; set; } = 5;
}
