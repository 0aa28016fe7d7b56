using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The present state of every resource, and a way to wait for another one.</summary>
public sealed class ResourceNotificationService
{
    private readonly ConcurrentDictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _failures = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();

    public bool TryGetCurrentState(string resourceId, out ResourceEvent? resourceEvent) =>
        _current.TryGetValue(resourceId, out resourceEvent);

    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (_lock)
        {
            var before = _current.TryGetValue(resource.Name, out var known)
                ? known.Snapshot
                : new() { ResourceType = resource.GetType().Name, Properties = [], State = KnownResourceStates.NotStarted };
            _current[resource.Name] = new(resource, resource.Name, stateFactory(before));
            Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
        }

        return Task.CompletedTask;
    }

    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (_current.TryGetValue(resourceName, out var now) && predicate(now))
            {
                return now;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, now => now.Snapshot.State?.Text == (targetState ?? KnownResourceStates.Running), cancellationToken);

    /// <exception cref="DistributedApplicationException">The resource ended instead; the message says why.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
    {
        var reached = await WaitForResourceAsync(resourceName, now => IsHealthy(now.Snapshot) || HasEnded(now.Snapshot), cancellationToken);
        return IsHealthy(reached.Snapshot) ? reached : throw new DistributedApplicationException(FailureOf(resourceName));
    }

    internal static bool IsHealthy(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.Running && snapshot.HealthStatus == HealthStatus.Healthy;

    internal static bool HasEnded(CustomResourceSnapshot snapshot) =>
        KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text);

    internal void SetFailure(string resourceName, string sentence) => _failures[resourceName] = sentence;

    internal string FailureOf(string resourceName) =>
        _failures.TryGetValue(resourceName, out var sentence) ? sentence : $"{resourceName} is stopped.";

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
