namespace Aspire.Hosting.ApplicationModel;

/// <summary>Published as a container; run here as a plain process that serves the same protocol.</summary>
public abstract class ContainerResource(string name, string image)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    public string? Entrypoint { get; init; }

    internal string Image { get; } = image;
}

public sealed record ContainerMountAnnotation(string Source, string Target, bool IsReadOnly) : IResourceAnnotation;
