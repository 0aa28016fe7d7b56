using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Postgres;

/// <summary>Waits until nothing of an earlier server works on a data folder any more.</summary>
internal static class PostgresLock
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    /// <exception cref="DistributedApplicationException">Another server keeps running on it.</exception>
    public static async Task WaitAsync(string data, CancellationToken cancellationToken)
    {
        var deadline = Stopwatch.StartNew();
        while (OwnerOf(data) is { } owner)
        {
            if (deadline.Elapsed > s_patience)
            {
                throw new DistributedApplicationException(
                    $"its data folder {data} is in use by the PostgreSQL of another AppHost (process {owner}). Stop that one first.");
            }

            await Task.Delay(s_interval, cancellationToken);
        }

        if (!Directory.Exists(data))
        {
            return;
        }

        // What is left belongs to a dead server, whose process id another program may have by now.
        File.Delete(Path.Combine(data, "postmaster.pid"));
    }

    private static int? OwnerOf(string data)
    {
        var file = Path.Combine(data, "postmaster.pid");
        if (!File.Exists(file))
        {
            return null;
        }

        return int.TryParse(File.ReadLines(file).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && IsPostgres(id)
            ? id
            : OrphanOf(data);
    }

    /// <summary>A backend outlives a killed server for a moment, and keeps its shared memory.</summary>
    private static int? OrphanOf(string data) => !OperatingSystem.IsLinux()
        ? null
        : Process.GetProcessesByName("postgres")
            .Where(process => WorkingDirectory(process.Id) == data)
            .Select(process => (int?)process.Id)
            .FirstOrDefault();

    private static string? WorkingDirectory(int processId)
    {
        try
        {
            return new FileInfo($"/proc/{processId}/cwd").LinkTarget;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsPostgres(int processId)
    {
        try
        {
            return Process.GetProcessById(processId).ProcessName == "postgres";
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
