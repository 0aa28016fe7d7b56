using System.Collections.Concurrent;
using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatService.Benchmarks.Soak.Stack;

/// <summary>One process of the stack, which is killed now and then and always comes back.</summary>
internal sealed class StackPart(DistributedApplication app, string name)
{
    /// <summary>Between attempts to start what cannot start yet, because something that it needs is away too.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<string> _ends = new();
    private Kill? _kill;
    private int _kills;

    public string Name => name;

    public int Kills => _kills;

    /// <summary>How it ended without being killed; there should be nothing here.</summary>
    public IReadOnlyCollection<string> Ends => _ends;

    /// <summary>With SIGKILL, as soon as it runs.</summary>
    public async Task KillAsync(Kill kill, CancellationToken ct)
    {
        var now = await app.ResourceNotifications.WaitForResourceAsync(name, now => now.Snapshot.State?.Text == KnownResourceStates.Running, ct);
        Volatile.Write(ref _kill, kill);
        Interlocked.Increment(ref _kills);
        using var process = Process.GetProcessById((int)now.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value!);
        process.Kill();
        await process.WaitForExitAsync(ct);
    }

    /// <summary>Starts it again whenever it has ended.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        while (true)
        {
            var end = await app.ResourceNotifications.WaitForResourceAsync(name, now => HasEnded(now.Snapshot), ct);
            if (Interlocked.Exchange(ref _kill, null) is { } kill)
            {
                await Task.Delay(kill.DownFor, ct);
            }
            else
            {
                if (end.Snapshot.State?.Text == KnownResourceStates.Exited)
                {
                    _ends.Enqueue($"{name} ended by itself with exit code {end.Snapshot.ExitCode}");
                }

                await Task.Delay(s_pause, ct);
            }

            await app.ResourceCommands.ExecuteCommandAsync(name, KnownResourceCommands.StartCommand, ct);
            await StartedAsync(ct);
        }
    }

    /// <summary>And no kill of it is unnoticed.</summary>
    public Task HealthyAsync(CancellationToken ct) => app.ResourceNotifications.WaitForResourceAsync(
        name == "postgres" ? SoakStack.Database : name,
        now => Volatile.Read(ref _kill) is null && now.Snapshot is { State.Text: "Running", HealthStatus: HealthStatus.Healthy },
        ct);

    /// <summary>Or not: a start is ignored while the last of the life before is going on.</summary>
    private async Task StartedAsync(CancellationToken ct)
    {
        try
        {
            await app.ResourceNotifications.WaitForResourceAsync(name, now => !HasEnded(now.Snapshot), ct).WaitAsync(s_pause, ct);
        }
        catch (TimeoutException)
        {
            Interlocked.CompareExchange(ref _kill, new Kill(default, name, default), null);
        }
    }

    private static bool HasEnded(CustomResourceSnapshot now) => KnownResourceStates.TerminalStates.Contains(now.State?.Text);
}
