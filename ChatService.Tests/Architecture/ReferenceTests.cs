using System.Xml.Linq;

namespace ChatService.Tests.Architecture;

/// <summary>Who may use whom. Above all: the Hub has no code that could decrypt.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["ChatService.Contracts"] = [],
        ["ChatService.ServiceDefaults"] = [],
        ["ChatService.Client"] = ["ChatService.Contracts"],
        ["ChatService.Core"] = ["ChatService.Contracts"],
        ["ChatService.Hub"] = ["ChatService.Contracts", "ChatService.Core", "ChatService.ServiceDefaults"],
        ["ChatService.Worker"] = ["ChatService.Client", "ChatService.Contracts", "ChatService.Core", "ChatService.ServiceDefaults"],
        ["ChatService.Gateway"] = ["ChatService.ServiceDefaults"],
        ["ChatService.Cli"] = ["ChatService.Client"],
    };

    public static TheoryData<string> Projects => [.. s_allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_design_allows(string project)
    {
        var file = XDocument.Load(Path.Combine(RepositoryRoot(), project, project + ".csproj"));
        var references = file.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Where(name => name.StartsWith("ChatService.", StringComparison.Ordinal));

        Assert.Empty(references.Except(s_allowed[project]));
    }

    [Fact]
    public void The_hub_as_built_does_not_load_the_client()
    {
        var referenced = typeof(Hub.ChatHub).Assembly.GetReferencedAssemblies().Select(name => name.Name);

        Assert.DoesNotContain("ChatService.Client", referenced);
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ChatService.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
