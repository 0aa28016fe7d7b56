using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Postgres;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Redis;

namespace Aspire.Hosting.Run;

/// <summary>Which program stands for a resource.</summary>
internal static class Plans
{
    public static async Task<ProcessPlan> CreateAsync(
        IResource resource, LocalFolders folders, AppHostInfo appHost, Action<string> say, CancellationToken cancellationToken) => resource switch
        {
            PostgresServerResource postgres => await new PostgresServer(postgres, folders, say).PrepareAsync(cancellationToken),
            RedisResource redis => await new RedisServer(redis, folders, appHost, say).PrepareAsync(cancellationToken),
            ProjectResource project => Project(project) with
            {
                Environment = WithoutWhatTheAppHostSays(await Variables.OfAsync(project, cancellationToken)),
            },
            ExecutableResource executable => new(executable.Command, Variables.ArgsOf(executable), executable.WorkingDirectory)
            {
                Environment = await Variables.OfAsync(executable, cancellationToken),
            },
            _ => throw new DistributedApplicationException($"LocalAspire cannot run a {resource.GetType().Name}."),
        };

    public static string DotNet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
        ?? (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet");

    /// <summary>The AppHost says itself what listens where, and what its frequent health checks find.</summary>
    private static Dictionary<string, string> WithoutWhatTheAppHostSays(IReadOnlyDictionary<string, string> environment) =>
        new(environment)
        {
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Warning",
            ["Logging__LogLevel__Microsoft.Extensions.Diagnostics.HealthChecks"] = "Critical",
        };

    private static ProcessPlan Project(ProjectResource project)
    {
        var metadata = project.Annotations.OfType<ProjectMetadataAnnotation>().Single().Metadata;
        var program = (metadata as IBuiltProject)?.TargetPath;
        return File.Exists(program)
            ? new(DotNet, ["exec", program, .. Variables.ArgsOf(project)], Path.GetDirectoryName(metadata.ProjectPath)!)
            : throw new DistributedApplicationException($"it has not been built: {program ?? metadata.ProjectPath} is missing.");
    }
}
