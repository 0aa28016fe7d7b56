using System.Collections.Concurrent;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace ChatService.Gateway;

/// <summary>
/// A hub that refuses connections is gone, for everybody. One that answers but is not ready (it drains, or is only starting) keeps
/// whom it has, since their requests mean something to no other hub, and gets nobody new while another one is ready.
/// </summary>
public sealed class HubReadiness(IDestinationHealthUpdater updater) : IActiveHealthCheckPolicy, ILoadBalancingPolicy
{
    public const string PolicyName = "HubReadiness";

    private readonly ConcurrentDictionary<string, bool> _isReady = new();

    public string Name => PolicyName;

    public void ProbingCompleted(ClusterState cluster, IReadOnlyList<DestinationProbingResult> probingResults)
    {
        ArgumentNullException.ThrowIfNull(probingResults);
        foreach (var result in probingResults)
        {
            _isReady[result.Destination.DestinationId] = result.Response is { IsSuccessStatusCode: true };
        }

        updater.SetActive(cluster, probingResults.Select(result => new NewActiveDestinationHealth(
            result.Destination, result.Exception is HttpRequestException ? DestinationHealth.Unhealthy : DestinationHealth.Healthy)));
    }

    /// <summary>Of the ready ones, the one with the fewest requests: an open WebSocket is a request.</summary>
    public DestinationState? PickDestination(HttpContext context, ClusterState cluster, IReadOnlyList<DestinationState> availableDestinations)
    {
        ArgumentNullException.ThrowIfNull(availableDestinations);
        return availableDestinations
            .OrderByDescending(hub => _isReady.GetValueOrDefault(hub.DestinationId, true))
            .ThenBy(hub => hub.ConcurrentRequestCount)
            .FirstOrDefault();
    }
}
