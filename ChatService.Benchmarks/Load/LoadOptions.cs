using Microsoft.Extensions.Configuration;

namespace ChatService.Benchmarks.Load;

/// <summary>What to load, and for how long.</summary>
/// <param name="Before">The path of another build's ChatService.Hub.dll, for the target of that name.</param>
internal sealed record LoadOptions(LoadScenario Scenario, int Clients, int Seconds, int Rounds, IReadOnlyList<string> Targets, string? Before)
{
    public const string Usage =
        "load --scenario direct|group10|group100|million [--clients 100] [--seconds 8] [--rounds 2] [--targets ours,naive,bare,deaf,before] [--before <another build's ChatService.Hub.dll>]";

    /// <summary>A server's first load: until its code is compiled for good, compiling is most of what it does.</summary>
    public static readonly TimeSpan FirstWarmUp = TimeSpan.FromSeconds(15);

    /// <summary>The time before each later window in which connections and pools fill.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    /// <exception cref="ArgumentException">With what is wrong.</exception>
    public static LoadOptions Parse(string[] args)
    {
        var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
        var scenario = Enum.TryParse<LoadScenario>(settings["scenario"], ignoreCase: true, out var known)
            ? known
            : throw new ArgumentException($"'{settings["scenario"]}' is not a scenario.");
        var options = new LoadOptions(
            scenario,
            settings.Number("clients", scenario == LoadScenario.Million ? 10 : 100),
            settings.Number("seconds", 8),
            settings.Number("rounds", 2),
            settings["targets"]?.Split(',') ?? ["ours", "naive", "bare"],
            settings["before"] is { } before ? Path.GetFullPath(before) : null);
        if (options.Targets.Contains("before") != File.Exists(options.Before))
        {
            throw new ArgumentException("The target 'before' and --before, the path of a built ChatService.Hub.dll, go together.");
        }

        return options.Clients % scenario.RoomSize() == 0
            ? options
            : throw new ArgumentException($"{scenario} needs a multiple of {scenario.RoomSize()} clients.");
    }
}
