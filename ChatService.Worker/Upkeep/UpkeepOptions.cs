using System.ComponentModel.DataAnnotations;

namespace ChatService.Worker.Upkeep;

/// <summary>How the workers share the jobs: the section <c>Upkeep</c>.</summary>
internal sealed class UpkeepOptions
{
    public const string Section = "Upkeep";

    /// <summary>How often a worker says that it lives. One that is silent for twice as long is taken for dead, and its jobs are run again elsewhere.</summary>
    [Range(1, 60)]
    public int CheckInSeconds { get; set; } = 5;

    public TimeSpan CheckIn => TimeSpan.FromSeconds(CheckInSeconds);
}
