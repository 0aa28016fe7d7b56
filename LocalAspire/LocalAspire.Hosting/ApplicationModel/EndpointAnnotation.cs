using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

public sealed class EndpointAnnotation(
    ProtocolType protocol, string? uriScheme = null, string? transport = null, string? name = null, int? port = null,
    int? targetPort = null, bool? isExternal = null) : IResourceAnnotation
{
    private int? _allocatedPort;

    public string Name { get; } = name ?? uriScheme ?? "tcp";
    public ProtocolType Protocol { get; set; } = protocol;
    public string UriScheme { get; set; } = uriScheme ?? "tcp";
    public string Transport { get; set; } = transport ?? (uriScheme is "http" or "https" ? "http" : "tcp");

    /// <summary>The port that clients use; null: any free one.</summary>
    public int? Port { get; set; } = port;

    /// <summary>The port inside a container. A plain process listens on <see cref="Port"/>.</summary>
    public int? TargetPort { get; set; } = targetPort;

    public bool IsExternal { get; set; } = isExternal ?? false;

    /// <summary>Plain processes have no certificate that clients trust, so https is only published, never run.</summary>
    internal bool IsRunnable => UriScheme != "https";

    internal bool IsAllocated => _allocatedPort is not null;

    internal int AllocatedPort
    {
        get => _allocatedPort ?? throw new DistributedApplicationException($"The endpoint '{Name}' has no port: the stack does not run it.");
        set => _allocatedPort = value;
    }
}
