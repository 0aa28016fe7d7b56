using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Run;

/// <summary>Runs every resource of the model, in the order that their waits say, and stops them servers last.</summary>
internal sealed class Orchestrator : IAsyncDisposable
{
    private readonly IResourceCollection _resources;
    private readonly ResourceNotificationService _notifications;
    private readonly RunOptions _options;
    private readonly LocalFolders _folders;
    private readonly ConsoleReport _report;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly List<ResourceRunner> _runners;
    private bool _ready;

    public Orchestrator(
        IResourceCollection resources, ResourceNotificationService notifications, RunOptions options, LocalFolders folders,
        AppHostInfo appHost, ConsoleReport report, IHostApplicationLifetime lifetime)
    {
        (_resources, _notifications, _options, _folders, _report, _lifetime) = (resources, notifications, options, folders, report, lifetime);
        _runners = [.. resources.Where(resource => resource is not ParameterResource)
            .Select(resource => new ResourceRunner(resource, notifications, folders, appHost, report, _ => OnFailure()))];
    }

    public ResourceRunner? Find(string name) =>
        _runners.Find(runner => string.Equals(runner.Resource.Name, name, StringComparison.OrdinalIgnoreCase));

    public void Start()
    {
        Ports.Allocate(_resources, _options.RandomizePorts);
        _runners.ForEach(runner => runner.Start());
    }

    /// <summary>Shows the table when all is healthy, and returns when the stack is to stop.</summary>
    public async Task ReportUntilStoppedAsync()
    {
        var stopping = _lifetime.ApplicationStopping;
        try
        {
            await Task.WhenAll(_runners.Select(runner => _notifications.WaitForResourceAsync(
                runner.Resource.Name, now => ResourceNotificationService.IsHealthy(now.Snapshot) || now.Snapshot.State?.Text == KnownResourceStates.Finished, stopping)));
            _ready = true;
            _report.Table(_runners.Select(runner => runner.Resource));
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

    /// <summary>What dies before all was ready ends the run: the stack is not there. Later the rest goes on, for a look.</summary>
    private void OnFailure()
    {
        if (!_ready && !_options.IsTest)
        {
            Environment.ExitCode = 1;
            _lifetime.StopApplication();
        }
    }
}
