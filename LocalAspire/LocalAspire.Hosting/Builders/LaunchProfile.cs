using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspire.Hosting;

/// <summary>The first profile of a project's launchSettings.json that runs the project itself.</summary>
internal sealed record LaunchProfile(IReadOnlyList<Uri> ApplicationUrls, IReadOnlyDictionary<string, string> EnvironmentVariables)
{
    public static LaunchProfile Read(string projectPath)
    {
        var path = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(path))
        {
            return new([], new Dictionary<string, string>());
        }

        var settings = JsonNode.Parse(File.ReadAllText(path), documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var profile = settings?["profiles"]?.AsObject()
            .Select(entry => entry.Value)
            .FirstOrDefault(value => value?["commandName"]?.GetValue<string>() == "Project");

        var urls = profile?["applicationUrl"]?.GetValue<string>().Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var variables = profile?["environmentVariables"]?.AsObject() ?? [];
        return new(
            [.. urls.Select(url => new Uri(url))],
            variables.ToDictionary(pair => pair.Key, pair => pair.Value?.GetValue<string>() ?? ""));
    }
}
