using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>What a developer sees: every program's output behind its name, failures, and the table once all is healthy.</summary>
internal sealed class ConsoleReport(RunOptions options, ResourceNotificationService notifications)
{
    private static readonly string[] s_colours = ["36", "32", "35", "33", "34", "96", "92", "95"];

    private readonly bool _colour = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
    private readonly ConcurrentDictionary<string, string> _colours = new();

    /// <summary>Servers that stand for containers chat about their daily life; they are heard when they fail.</summary>
    public void Line(IResource resource, string line)
    {
        if (!options.IsTest && (options.ShowsServers || resource is not ContainerResource))
        {
            Say(resource.Name, line);
        }
    }

    public void Say(string resource, string sentence)
    {
        var colour = _colours.GetOrAdd(resource, _ => s_colours[_colours.Count % s_colours.Length]);
        Say($"{Paint(resource.PadRight(10), colour)} {sentence}");
    }

    public void Say(string sentence)
    {
        if (!options.IsTest)
        {
            Console.WriteLine(sentence);
        }
    }

    public void Failure(string sentence)
    {
        if (!options.IsTest)
        {
            Console.Error.WriteLine(Paint(sentence, "31"));
        }
    }

    public void Table(IReadOnlyList<IResource> resources)
    {
        Console.WriteLine();
        Console.WriteLine($"{"Resource",-24}{"State",-12}URL");
        foreach (var resource in resources)
        {
            if (notifications.TryGetCurrentState(resource.Name, out var now))
            {
                Console.WriteLine($"{resource.Name,-24}{State(now!.Snapshot),-12}{string.Join("  ", Urls(resource))}".TrimEnd());
            }
        }

        Console.WriteLine();
        foreach (var line in options.Next)
        {
            Console.WriteLine(resources.Aggregate(line, (text, resource) => text.Replace($"{{{resource.Name}}}", Urls(resource).FirstOrDefault(), StringComparison.Ordinal)));
        }
    }

    private static string State(CustomResourceSnapshot snapshot) =>
        ResourceNotificationService.IsHealthy(snapshot) ? "Healthy" : snapshot.State?.Text ?? "";

    private static IEnumerable<string> Urls(IResource resource) => resource.Annotations.OfType<EndpointAnnotation>()
        .Where(endpoint => endpoint.IsAllocated)
        .Select(endpoint => $"{endpoint.UriScheme}://localhost:{endpoint.AllocatedPort}");

    private string Paint(string text, string colour) => _colour ? $"\e[{colour}m{text}\e[0m" : text;
}
