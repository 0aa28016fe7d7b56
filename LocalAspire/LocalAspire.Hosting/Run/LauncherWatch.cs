using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Run;

/// <summary>Stops the AppHost when the <c>dotnet run</c> that started it was killed and could not pass a signal on.</summary>
internal sealed partial class LauncherWatch : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public static LauncherWatch Begin(IHostApplicationLifetime lifetime)
    {
        var watch = new LauncherWatch();
        if (!OperatingSystem.IsWindows() && Launcher() is { } launcher)
        {
            _ = watch.RunAsync(launcher, lifetime);
        }

        return watch;
    }

    public void Dispose() => _stop.Cancel();

    private async Task RunAsync(Process launcher, IHostApplicationLifetime lifetime)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            if (GetParentProcessId() != launcher.Id)
            {
                lifetime.StopApplication();
                return;
            }
        }
    }

    /// <summary>The parent, if it is <c>dotnet run</c>: any other, such as a shell with nohup, may go and leave us running.</summary>
    private static Process? Launcher()
    {
        try
        {
            var parent = Process.GetProcessById(GetParentProcessId());
            return parent.ProcessName == "dotnet" && Environment.GetEnvironmentVariable("DOTNET_LAUNCH_PROFILE") is not null ? parent : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParentProcessId();
}
