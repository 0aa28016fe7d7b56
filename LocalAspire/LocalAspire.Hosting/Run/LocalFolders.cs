using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Run;

/// <summary>Where data lives: volumes in a per-user folder that stays, everything else in a folder that goes with the run.</summary>
internal sealed class LocalFolders : IDisposable
{
    private const string TemporaryPrefix = "localaspire-";

    // The servers may run as another user, who must be able to walk through.
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly RunOptions _options;
    private readonly Lazy<string> _temporary;

    public LocalFolders(RunOptions options)
    {
        _options = options;
        _temporary = new(() =>
        {
            RemoveLeftovers();
            return Create(Path.Combine(Path.GetTempPath(), $"{TemporaryPrefix}{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}"));
        });
    }

    public static string Cache => Create(Path.Combine(PerUser(), "cache"));

    public string Temporary => _temporary.Value;

    public string Volume(string name) =>
        Create(Path.Combine(_options.DataFolder ?? (_options.IsTest ? Temporary : PerUser()), "volumes", name));

    public void Dispose()
    {
        if (_temporary.IsValueCreated && Directory.Exists(_temporary.Value))
        {
            Directory.Delete(_temporary.Value, recursive: true);
        }
    }

    private static string PerUser() => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess
        ? "/var/lib/localaspire" // Root's home is closed to the user that PostgreSQL runs as.
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "LocalAspire");

    private static string Create(string path)
    {
        try
        {
            return OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(path).FullName
                : Directory.CreateDirectory(path, Passable).FullName;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"the folder {path} cannot be made: {problem.Message}");
        }
    }

    /// <summary>Temporary folders of runs that were killed.</summary>
    private static void RemoveLeftovers()
    {
        var running = Process.GetProcesses().Select(process => process.Id).ToHashSet();
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), $"{TemporaryPrefix}*"))
        {
            var owner = Path.GetFileName(folder)[TemporaryPrefix.Length..].Split('-')[0];
            if (int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !running.Contains(id))
            {
                try
                {
                    Directory.Delete(folder, recursive: true);
                }
                catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
                {
                    // Another user's, or another AppHost is at it as well.
                }
            }
        }
    }
}
