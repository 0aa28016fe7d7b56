using ChatService.Benchmarks.Load.Measuring;
using ChatService.Benchmarks.Load.Population;
using ChatService.Benchmarks.Load.Servers;
using Npgsql;

namespace ChatService.Benchmarks.Load;

/// <summary>Loads the targets in turn, several times over, and prints the middle of what they did.</summary>
internal static class LoadCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        LoadOptions options;
        try
        {
            options = LoadOptions.Parse(args);
        }
        catch (ArgumentException problem)
        {
            Console.Error.WriteLine(problem.Message);
            Console.Error.WriteLine($"Usage: {LoadOptions.Usage}");
            return 1;
        }

        using var interrupted = new CancellationTokenSource();
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = true;
            interrupted.Cancel();
        };
        await RunAsync(options, interrupted.Token);
        return 0;
    }

    private static async Task RunAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        await using var data = await DataServers.StartAsync(cancellationToken);
        await using var database = NpgsqlDataSource.Create(data.Database);
        var store = new RoomStore(database);
        await using var set = new TargetSet(data, store);
        var targets = await set.StartAsync(options, cancellationToken);

        Console.WriteLine($"{options.Scenario}: {options.Clients} busy clients, {options.Rounds} rounds of {options.Seconds} s");
        Console.WriteLine(Report.Header);
        var rounds = targets.ToDictionary(target => target.Name, _ => new List<LoadResult>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var target in targets)
            {
                await store.CheckpointAsync(cancellationToken);
                var warmUp = round == 1 ? LoadOptions.FirstWarmUp : LoadOptions.WarmUp;
                var result = await LoadRound.RunAsync(target, data, warmUp, options.Seconds, cancellationToken);
                rounds[target.Name].Add(result);
                Console.WriteLine(Report.Row($"{target.Name} {round}", result));
            }
        }

        var medians = rounds.ToDictionary(entry => entry.Key, entry => LoadResult.Median(entry.Value));
        Console.WriteLine("Medians");
        foreach (var (name, result) in medians)
        {
            Console.WriteLine(Report.Row(name, result));
        }

        foreach (var ratio in Report.Ratios(rounds))
        {
            Console.WriteLine(ratio);
        }
    }
}
