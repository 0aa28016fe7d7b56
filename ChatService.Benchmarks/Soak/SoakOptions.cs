using Microsoft.Extensions.Configuration;

namespace ChatService.Benchmarks.Soak;

/// <summary>Who talks, for how long, and what happens to the servers meanwhile.</summary>
/// <param name="Pause">Seconds between two messages of one client, on average.</param>
/// <param name="Seed">Of the order of kills: the same seed kills the same things after the same pauses.</param>
/// <param name="Logs">A folder for what the servers print; null: it is not kept.</param>
internal sealed record SoakOptions(double Minutes, bool Kill, int Clients, int Conversations, double Pause, int Seed, string? Logs)
{
    public const string Usage = "soak [--minutes 10] [--kill] [--clients 200] [--conversations 40] [--pause 10] [--seed <number>] [--logs <folder>]";

    private const int SmallestGroup = 3;

    /// <summary>Half of the conversations are of two.</summary>
    public int Directs => Conversations / 2;

    public int Groups => Conversations - Directs;

    public TimeSpan Duration => TimeSpan.FromMinutes(Minutes);

    /// <exception cref="ArgumentException">With what is wrong.</exception>
    public static SoakOptions Parse(string[] args)
    {
        const string kill = "--kill";
        var settings = new ConfigurationBuilder().AddCommandLine([.. args.Where(arg => arg != kill)]).Build();
        var options = new SoakOptions(
            settings.Number("minutes", 10.0),
            args.Contains(kill),
            settings.Number("clients", 200),
            settings.Number("conversations", 40),
            settings.Number("pause", 10.0),
            settings.Number("seed", Random.Shared.Next(1, 1_000_000)),
            settings["logs"]);
        if (options.Conversations < 2 || options.Clients < options.Groups * SmallestGroup || options.Clients < options.Directs * 2)
        {
            throw new ArgumentException($"So many conversations need at least {Math.Max(options.Groups * SmallestGroup, options.Directs * 2)} clients, and there are at least 2.");
        }

        return options;
    }
}
