using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Postgres;
using Aspire.Hosting.Processes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Run;

/// <summary>Takes one resource through its life: waiting, starting, running under observation, exited.</summary>
internal sealed class ResourceRunner(
    IResource resource, ResourceNotificationService notifications, ResourceLoggerService logs, LocalFolders folders, AppHostInfo appHost, ConsoleReport report,
    Action<string> onFailure) : IDisposable
{
    private static readonly TimeSpan s_untilHealthy = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_onceHealthy = TimeSpan.FromSeconds(2);

    private readonly LastLines _lines = new();
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Lock _lock = new();
    private CancellationTokenSource _stop = new();
    private Task _life = Task.CompletedTask;
    private bool _lives;

    public IResource Resource { get; } = resource;

    /// <summary>What the last health check found wrong; null when it found nothing, or there was none.</summary>
    public string? Problem { get; private set; }

    /// <summary>Begins a life, unless one goes on. One whose end was published is over, even if its last lines are still to be run.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (_lives)
            {
                return;
            }

            _stop.Dispose();
            _stop = new();
            _lines.Clear();
            Problem = null;
            Publish(KnownResourceStates.Waiting);
            _life = BeginAsync(_life, _stop.Token);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await _stop.CancelAsync();
            await _life.WaitAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _one.Dispose();
    }

    private async Task BeginAsync(Task before, CancellationToken stop)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await LiveAsync(stop);
    }

    private async Task LiveAsync(CancellationToken stop)
    {
        try
        {
            await WaitForDependenciesAsync(stop);
            Publish(KnownResourceStates.Starting);
            if (Resource is PostgresDatabaseResource database)
            {
                await PostgresDatabases.CreateAsync(database, stop);
                Publish(KnownResourceStates.Running);
                await WatchHealthAsync(stop);
            }
            else
            {
                await RunProcessAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Publish(KnownResourceStates.Exited);
        }
        catch (DependencyEndedException problem)
        {
            notifications.SetFailure(Resource.Name, problem.Message);
            Publish(KnownResourceStates.FailedToStart);
        }
        catch (Exception problem)
        {
            var prefix = $"{Resource.Name} cannot start: ";
            Fail(KnownResourceStates.FailedToStart, problem.Message.StartsWith(prefix, StringComparison.Ordinal) ? problem.Message : prefix + problem.Message);
        }
    }

    private async Task RunProcessAsync(CancellationToken stop)
    {
        Ports.RequireFree(Resource);
        var plan = await Plans.CreateAsync(Resource, folders, appHost, text => report.Say(Resource.Name, text), stop);
        var process = await GuardedProcess.StartAsync(plan, OnLine, stop);
        Publish(KnownResourceStates.Running, process.ProcessId);

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var health = WatchHealthAsync(ended.Token);
        await Task.WhenAny(process.Exited, Task.Delay(Timeout.Infinite, stop));
        if (stop.IsCancellationRequested)
        {
            Publish(KnownResourceStates.Stopping, process.ProcessId);
            await process.StopAsync();
        }

        var code = await process.Exited;
        await ended.CancelAsync();
        await health.ContinueWith(_ => { }, TaskScheduler.Default);
        if (stop.IsCancellationRequested)
        {
            Publish(KnownResourceStates.Exited, exitCode: code);
        }
        else if (code == 0 && Resource is ExecutableResource)
        {
            Publish(KnownResourceStates.Finished, exitCode: code);
        }
        else
        {
            Fail(KnownResourceStates.Exited, $"{Resource.Name} {Ending(code)}.{_lines.Report()}", code);
        }
    }

    private async Task WaitForDependenciesAsync(CancellationToken cancellationToken)
    {
        var waits = Resource.Annotations.OfType<WaitAnnotation>()
            .Select(wait => WaitAsync(wait, cancellationToken))
            .Concat(Resource is PostgresDatabaseResource database ? [WaitAsync(new(database.Parent, WaitType.WaitUntilHealthy), cancellationToken)] : []);
        await Task.WhenAll(waits);
    }

    private async Task WaitAsync(WaitAnnotation wait, CancellationToken cancellationToken)
    {
        var name = wait.Resource.Name;
        if (wait.WaitType == WaitType.WaitUntilHealthy)
        {
            var now = await notifications.WaitForResourceAsync(
                name, now => ResourceNotificationService.IsHealthy(now.Snapshot) || ResourceNotificationService.HasEnded(now.Snapshot), cancellationToken);
            if (!ResourceNotificationService.IsHealthy(now.Snapshot))
            {
                throw new DependencyEndedException($"{Resource.Name} waits for {name}. {notifications.FailureOf(name)}");
            }
        }
        else
        {
            var end = await notifications.WaitForResourceAsync(name, now => ResourceNotificationService.HasEnded(now.Snapshot), cancellationToken);
            if (end.Snapshot.ExitCode != wait.ExitCode)
            {
                throw new DependencyEndedException($"{Resource.Name} waits for {name}. {notifications.FailureOf(name)}");
            }
        }
    }

    private async Task WatchHealthAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Problem = await HealthProbe.AskAsync(Resource, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            var status = Problem is null ? HealthStatus.Healthy : HealthStatus.Unhealthy;
            await notifications.PublishUpdateAsync(Resource, before => before with { HealthStatus = status });
            await Task.Delay(Problem is null ? s_onceHealthy : s_untilHealthy, cancellationToken);
        }
    }

    private void OnLine(string line)
    {
        _lines.Add(line);
        logs.Add(Resource.Name, line);
        report.Line(Resource, line);
    }

    private void Fail(string state, string sentence, int? exitCode = null)
    {
        notifications.SetFailure(Resource.Name, sentence);
        Publish(state, exitCode: exitCode);
        report.Failure(sentence);
        onFailure(sentence);
    }

    private void Publish(string state, int? processId = null, int? exitCode = null)
    {
        lock (_lock)
        {
            // Who hears of an end may begin the next life at once.
            _lives = !KnownResourceStates.TerminalStates.Contains(state);
            notifications.PublishUpdateAsync(Resource, before => before with
            {
                State = state,
                HealthStatus = null,
                ExitCode = exitCode,
                Properties = processId is { } id ? [new(CustomResourceSnapshot.ProcessIdProperty, id)] : [],
            });
        }
    }

    private static string Ending(int code) => code switch
    {
        137 => "was killed",
        134 => "crashed (exit code 134)",
        127 => "could not be run (exit code 127)",
        _ => $"ended on its own with exit code {code}",
    };

    private sealed class DependencyEndedException(string message) : Exception(message);
}
