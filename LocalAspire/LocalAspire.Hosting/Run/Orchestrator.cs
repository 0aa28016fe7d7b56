using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Run;

/// <summary>Runs every resource of the model, in the order that their waits say, and stops them servers last.</summary>
internal sealed class Orchestrator : IAsyncDisposable
{
    private static readonly TimeSpan s_untilHint = TimeSpan.FromSeconds(10);

    private readonly IResourceCollection _resources;
    private readonly ResourceNotificationService _notifications;
    private readonly RunOptions _options;
    private readonly LocalFolders _folders;
    private readonly ConsoleReport _report;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly List<ResourceRunner> _runners;
    private bool _ready;

    public Orchestrator(
        IResourceCollection resources, ResourceNotificationService notifications, ResourceLoggerService logs, RunOptions options, LocalFolders folders,
        AppHostInfo appHost, ConsoleReport report, IHostApplicationLifetime lifetime)
    {
        (_resources, _notifications, _options, _folders, _report, _lifetime) = (resources, notifications, options, folders, report, lifetime);
        _runners = [.. resources.Where(resource => resource is not ParameterResource)
            .Select(resource => new ResourceRunner(resource, notifications, logs, folders, appHost, report, _ => OnFailure()))];
    }

    public ResourceRunner? Find(string name) =>
        _runners.Find(runner => string.Equals(runner.Resource.Name, name, StringComparison.OrdinalIgnoreCase));

    public void Start()
    {
        Ports.Allocate(_resources, _options.RandomizePorts);
        foreach (var resource in _resources)
        {
            Ports.RequireFree(resource);
        }

        _report.Say($"Starting {string.Join(", ", _runners.Select(runner => runner.Resource.Name))}.");
        _runners.ForEach(runner => runner.Start());
    }

    /// <summary>Shows the table when all is healthy, and returns when the stack is to stop.</summary>
    public async Task ReportUntilStoppedAsync()
    {
        var stopping = _lifetime.ApplicationStopping;
        try
        {
            var ready = Task.WhenAll(_runners.Select(runner => WaitUntilReadyAsync(runner.Resource, stopping)));
            while (await Task.WhenAny(ready, Task.Delay(s_untilHint, stopping)) != ready)
            {
                stopping.ThrowIfCancellationRequested();
                _report.Say($"Still waiting for {string.Join(", ", _runners.Select(Delay).OfType<string>())}.");
            }

            await ready;
            _ready = true;
            _report.Table([.. _runners.Select(runner => runner.Resource)]);
            await Task.Delay(Timeout.Infinite, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            _report.Say("Stopping.");
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var wave in _runners.GroupBy(runner => runner.Resource is ContainerResource).OrderBy(wave => wave.Key))
        {
            await Task.WhenAll(wave.Select(runner => runner.StopAsync(cancellationToken)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _runners.ForEach(runner => runner.Dispose());
        _runners.Clear();
        _folders.Dispose();
    }

    private async Task WaitUntilReadyAsync(IResource resource, CancellationToken cancellationToken)
    {
        await _notifications.WaitForResourceAsync(resource.Name, now => IsReady(now.Snapshot), cancellationToken);
        _report.Say(resource.Name, "is ready.");
    }

    private static bool IsReady(CustomResourceSnapshot now) =>
        ResourceNotificationService.IsHealthy(now) || now.State?.Text == KnownResourceStates.Finished;

    /// <summary>What keeps a resource that is not ready: <c>hub-1 (/health answered 503: Unhealthy)</c>.</summary>
    private string? Delay(ResourceRunner runner) =>
        _notifications.TryGetCurrentState(runner.Resource.Name, out var now) && !IsReady(now!.Snapshot)
            ? $"{runner.Resource.Name} ({runner.Problem ?? now.Snapshot.State?.Text.ToLowerInvariant()})"
            : null;

    /// <summary>
    /// What dies before all was ready ends the run: the stack is not there. Later the rest goes on, for a look, as long
    /// as there is a rest.
    /// </summary>
    private void OnFailure()
    {
        var nothingRuns = _runners.TrueForAll(runner =>
            _notifications.TryGetCurrentState(runner.Resource.Name, out var now) && ResourceNotificationService.HasEnded(now!.Snapshot));
        if ((!_ready || nothingRuns) && !_options.IsTest)
        {
            Environment.ExitCode = 1;
            _lifetime.StopApplication();
        }
    }
}
