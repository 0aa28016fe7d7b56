namespace Aspire.Hosting.Processes;

/// <summary>How to run one program, and how it likes to be stopped.</summary>
internal sealed record ProcessPlan(string FileName, IReadOnlyList<string> Args, string WorkingDirectory)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Signals, the gentlest first; each gets <see cref="StopPatience"/>.</summary>
    public string StopSignals { get; init; } = "TERM";

    public TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(10);
}
