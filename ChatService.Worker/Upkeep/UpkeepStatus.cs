using System.Globalization;

namespace ChatService.Worker.Upkeep;

/// <summary>How a job stands in the whole cluster.</summary>
/// <param name="Failures">How many of its last runs failed in a row.</param>
internal sealed record UpkeepStatus(string Job, DateTimeOffset? LastRun, DateTimeOffset? NextRun, int Failures)
{
    public bool HasFailed => Failures > 0;

    public override string ToString()
    {
        var last = LastRun is { } at ? $"{(HasFailed ? "failed" : "succeeded")} {Text(at)}" : "has not run yet";
        return NextRun is { } next ? $"{last}, next {Text(next)}" : $"{last}, not scheduled";
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
