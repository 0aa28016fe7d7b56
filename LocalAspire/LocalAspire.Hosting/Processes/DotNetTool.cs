using System.Text.Json.Nodes;
using System.Xml.Linq;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Processes;

/// <summary>Finds the program of a .NET tool that <c>.config/dotnet-tools.json</c> names, and restores it if needed.</summary>
internal static class DotNetTool
{
    /// <summary>The program itself: started through <c>dotnet tool run</c> it would be a grandchild with an unknown process id.</summary>
    public static async Task<string> FindAsync(string tool, string directory, Action<string> say, CancellationToken cancellationToken)
    {
        var manifest = Ancestors(directory).Select(folder => Path.Combine(folder, ".config", "dotnet-tools.json")).FirstOrDefault(File.Exists)
            ?? throw Missing(tool);
        var version = JsonNode.Parse(await File.ReadAllTextAsync(manifest, cancellationToken))?["tools"]?[tool]?["version"]?.GetValue<string>()
            ?? throw Missing(tool);

        var package = Path.Combine(PackageCache(), tool, version);
        if (Program(package) is not { } program)
        {
            say($"no redis-server on this machine; restoring the .NET tool {tool} {version}, once.");
            await Tool.RunAsync(new(Plans.DotNet, ["tool", "restore", "--tool-manifest", manifest], directory), cancellationToken);
            program = Program(package) ?? throw Missing(tool);
        }

        return program;
    }

    private static string? Program(string package)
    {
        var tools = Path.Combine(package, "tools");
        return !Directory.Exists(tools) ? null : Directory.EnumerateFiles(tools, "DotnetToolSettings.xml", SearchOption.AllDirectories)
            .Where(settings => FrameworkVersion(tools, settings) is { } version && version <= Environment.Version)
            .OrderByDescending(settings => FrameworkVersion(tools, settings))
            .Select(settings => Path.Combine(
                Path.GetDirectoryName(settings)!, XDocument.Load(settings).Descendants("Command").Single().Attribute("EntryPoint")!.Value))
            .FirstOrDefault();
    }

    /// <summary>From the folder's name, such as <c>net10.0</c>.</summary>
    private static Version? FrameworkVersion(string tools, string settings) =>
        Version.TryParse(Path.GetRelativePath(tools, settings).Split(Path.DirectorySeparatorChar)[0].Replace("net", ""), out var version) ? version : null;

    private static string PackageCache() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static IEnumerable<string> Ancestors(string directory)
    {
        for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }

    private static DistributedApplicationException Missing(string tool) => new(
        $"no Redis-compatible server was found. Install redis-server or valkey-server, or name the .NET tool {tool} in .config/dotnet-tools.json.");
}
