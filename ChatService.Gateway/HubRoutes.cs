using Yarp.ReverseProxy.Configuration;

namespace ChatService.Gateway;

/// <summary>
/// Everything goes to the hubs that service discovery names, each client to the same one for as long as it lives: a
/// SignalR connection is negotiated and opened in two requests that must meet the same process.
/// </summary>
public static class HubRoutes
{
    private const string ClusterId = "hubs";

    public static IReadOnlyList<RouteConfig> Routes { get; } =
    [
        new() { RouteId = "everything", ClusterId = ClusterId, Match = new() { Path = "{**all}" } },
    ];

    /// <exception cref="InvalidOperationException">Service discovery names no hub.</exception>
    public static ClusterConfig Cluster(IConfiguration configuration)
    {
        var destinations = configuration.GetSection("services").GetChildren()
            .Select(service => (service.Key, Address: service["http:0"] ?? service["https:0"]))
            .Where(hub => hub.Address is not null)
            .ToDictionary(hub => hub.Key, hub => new DestinationConfig { Address = hub.Address! });
        if (destinations.Count == 0)
        {
            throw new InvalidOperationException(
                "No hub to send requests to: services:<name>:http:0 is not set. Start the gateway through the AppHost, or set it.");
        }

        return new()
        {
            ClusterId = ClusterId,
            Destinations = destinations,
            LoadBalancingPolicy = HubReadiness.PolicyName,
            SessionAffinity = new()
            {
                Enabled = true,
                Policy = "HashCookie",
                FailurePolicy = "Redistribute",
                AffinityKeyName = "chat-hub",
                Cookie = new() { HttpOnly = true, SameSite = SameSiteMode.Lax, SecurePolicy = CookieSecurePolicy.SameAsRequest },
            },
            HealthCheck = new()
            {
                // No passive checks: they would remember a killed hub's failures for a minute, and take its next process out again and again.
                Active = new()
                {
                    Enabled = true,
                    Policy = HubReadiness.PolicyName,
                    Path = "/health",
                    Interval = TimeSpan.FromSeconds(1),
                    Timeout = TimeSpan.FromSeconds(3),
                },
                AvailableDestinationsPolicy = "HealthyOrPanic",
            },
        };
    }
}
