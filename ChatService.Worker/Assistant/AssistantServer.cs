using Microsoft.Extensions.Options;

namespace ChatService.Worker.Assistant;

/// <summary>Where the hubs are. The worker runs before them, and waits.</summary>
internal sealed class AssistantServer(IConfiguration configuration, IOptions<AssistantOptions> options)
{
    public Uri Address => options.Value.Server ?? Discovered("gateway") ?? Discovered("hub")
        ?? throw new AssistantConfigurationException("The assistant does not know where the hubs are: set Assistant:Server, or services:hub:http:0.");

    private Uri? Discovered(string service) =>
        (configuration[$"services:{service}:http:0"] ?? configuration[$"services:{service}:https:0"]) is { Length: > 0 } address ? new Uri(address) : null;
}
