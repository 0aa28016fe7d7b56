using System.ComponentModel.DataAnnotations;

namespace ChatService.Hub.Draining;

/// <summary>The section <c>Drain</c>.</summary>
public sealed class DrainOptions
{
    public const string Section = "Drain";

    /// <summary>How long clients have to go elsewhere before the server stops. Shorter than the orchestrator's patience.</summary>
    [Range(0, 600)]
    public int Seconds { get; set; } = 5;
}
