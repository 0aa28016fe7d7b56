namespace Aspire.Hosting.Processes;

/// <summary>A program that runs to its end: initdb, npm, dotnet tool restore.</summary>
internal static class Tool
{
    /// <exception cref="DistributedApplicationException">It failed; the message has its last lines.</exception>
    public static async Task RunAsync(ProcessPlan plan, CancellationToken cancellationToken)
    {
        var lines = new LastLines();
        var process = await GuardedProcess.StartAsync(plan, lines.Add, cancellationToken);
        await using var stop = cancellationToken.Register(() => _ = process.StopAsync());
        if (await process.Exited is var code && code != 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var program = Path.GetFileName(plan.Args.FirstOrDefault(arg => !arg.StartsWith('-')) is { } inner && plan.FileName == "setpriv" ? inner : plan.FileName);
            throw new DistributedApplicationException($"'{program}' failed with exit code {code}.{lines.Report()}");
        }
    }

    /// <summary>The full path of a program on PATH, or in one of the other folders; null if it is nowhere.</summary>
    public static string? Find(string name, params IEnumerable<string> otherFolders)
    {
        var file = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
        var path = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
        return path.Concat(otherFolders).Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }
}
