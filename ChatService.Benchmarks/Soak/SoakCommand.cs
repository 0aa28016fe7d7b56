using System.Globalization;
using ChatService.Benchmarks.Soak.Checking;
using ChatService.Benchmarks.Soak.People;
using ChatService.Benchmarks.Soak.Stack;

namespace ChatService.Benchmarks.Soak;

/// <summary>Many clients talk while servers are killed; at the end what everyone holds is compared with what was said and stored.</summary>
internal static class SoakCommand
{
    /// <returns>0: nothing was missing, twice, out of order or unreadable, for anyone.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        SoakOptions options;
        try
        {
            options = SoakOptions.Parse(args);
        }
        catch (ArgumentException problem)
        {
            Console.Error.WriteLine(problem.Message);
            Console.Error.WriteLine($"Usage: {SoakOptions.Usage}");
            return 1;
        }

        using var interrupted = new CancellationTokenSource();
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = true;
            interrupted.Cancel();
        };
        return await RunAsync(options, interrupted.Token);
    }

    private static async Task<int> RunAsync(SoakOptions options, CancellationToken ct)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Clients} clients in {options.Groups} groups and {options.Directs} direct conversations, {options.Minutes} minutes, each says something every {options.Pause} s{(options.Kill ? $", kills with seed {options.Seed}" : "")}"));
        await using var stack = await SoakStack.StartAsync(ct);
        using var errors = new ClientErrors();
        await using var people = await Population.CreateAsync(options, stack, errors, ct);
        var talk = new Talk(TimeSpan.FromSeconds(options.Pause));
        var progress = new SoakProgress(people, talk, stack);
        progress.Say("everyone is there");

        using var noProgress = new CancellationTokenSource();
        var saying = progress.RunAsync(noProgress.Token);
        using (var over = CancellationTokenSource.CreateLinkedTokenSource(ct))
        {
            over.CancelAfter(options.Duration);
            await Task.WhenAll(talk.RunAsync(people.Clients, over.Token), options.Kill ? stack.KillAsync(options.Seed, progress.Killed, over.Token) : Task.CompletedTask);
        }

        ct.ThrowIfCancellationRequested();
        progress.Say("nobody says anything more");
        var stored = new StoredMessages(stack.ConnectionString);
        var settling = new Settling(stack, talk, people, stored);
        var violations = new Violations();
        foreach (var problem in await settling.RunAsync(ct))
        {
            violations.Add(Violations.Unsettled, problem);
        }

        await noProgress.CancelAsync();
        await saying;
        foreach (var end in stack.All.SelectMany(part => part.Ends))
        {
            violations.Add(Violations.Ended, end);
        }

        if (options.Logs is { } folder)
        {
            await stack.SaveLogsAsync(folder);
        }

        var audit = new Audit(people, talk, stored);
        await audit.RunAsync(violations, ct);
        await SoakReport.PrintAsync(stack, people, talk, errors, settling, audit, violations);
        return violations.Count == 0 ? 0 : 1;
    }
}
