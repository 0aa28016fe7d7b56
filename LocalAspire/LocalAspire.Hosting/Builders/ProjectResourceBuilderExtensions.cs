using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ProjectResourceBuilderExtensions
{
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        var metadata = new TProject();
        var profile = LaunchProfile.Read(metadata.ProjectPath);
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation(new ProjectMetadataAnnotation(metadata));

        project.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        if (builder.ExecutionContext.IsPublishMode)
        {
            return project.ForPublishing(profile);
        }

        foreach (var url in profile.ApplicationUrls)
        {
            if (project.Resource.Annotations.OfType<EndpointAnnotation>().All(e => e.Name != url.Scheme))
            {
                project.WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, url.Scheme, port: url.Port));
            }
        }

        return project.WithEnvironment(context => AddRunVariables(project, profile, context.EnvironmentVariables));
    }

    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas) =>
        builder.WithAnnotation(new ReplicaAnnotation(replicas));

    private static IResourceBuilder<ProjectResource> ForPublishing(this IResourceBuilder<ProjectResource> project, LaunchProfile profile)
    {
        // A project with a web address gets both schemes, whatever the address says: the target decides on ports.
        if (profile.ApplicationUrls.Count > 0)
        {
            project.WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, "http"));
            project.WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, "https"));
        }

        return project.WithEnvironment(context =>
        {
            if (project.Resource.Annotations.OfType<EndpointAnnotation>().Any())
            {
                context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
                context.EnvironmentVariables["HTTP_PORTS"] = project.GetEndpoint("http").Property(EndpointProperty.TargetPort);
            }
        });
    }

    private static void AddRunVariables(
        IResourceBuilder<ProjectResource> project, LaunchProfile profile, Dictionary<string, object> variables)
    {
        if (project.GetEndpoint("http") is { IsAllocated: true } http)
        {
            variables["ASPNETCORE_URLS"] = ReferenceExpression.Create($"http://localhost:{http.Property(EndpointProperty.TargetPort)}");
        }

        variables["OTEL_SERVICE_NAME"] = project.Resource.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={project.Resource.Name}";
        if (project.ApplicationBuilder.Configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] is { Length: > 0 } otlp)
        {
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = otlp;
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        }

        if (project.ApplicationBuilder.Environment.EnvironmentName == "Development")
        {
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        }

        foreach (var (name, value) in profile.EnvironmentVariables)
        {
            variables.TryAdd(name, Environment.ExpandEnvironmentVariables(value));
        }
    }
}
