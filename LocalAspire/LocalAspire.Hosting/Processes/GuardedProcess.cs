using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Processes;

/// <summary>
/// A program that ends with the AppHost, whatever ends the AppHost: it runs under <c>guard.sh</c>, which stops it when
/// the pipe to its standard input closes. Windows has no such shell; there a killed AppHost leaves its programs behind.
/// </summary>
internal sealed class GuardedProcess
{
    private static readonly Lazy<string> s_guard = new(ReadGuard);

    private readonly Process _process;

    private GuardedProcess(Process process, Task<int> exited, int processId) =>
        (_process, Exited, ProcessId) = (process, exited, processId);

    /// <summary>The program's own id, not the guard's.</summary>
    public int ProcessId { get; }

    /// <summary>The program's exit code; 128 and more is a signal, as in a shell.</summary>
    public Task<int> Exited { get; }

    public static async Task<GuardedProcess> StartAsync(ProcessPlan plan, Action<string> onLine, CancellationToken cancellationToken)
    {
        var guarded = !OperatingSystem.IsWindows();
        var start = new ProcessStartInfo(guarded ? "bash" : plan.FileName)
        {
            WorkingDirectory = plan.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] guard = guarded
            ? ["-c", s_guard.Value, "guard", plan.StopSignals, plan.StopPatience.TotalSeconds.ToString(CultureInfo.InvariantCulture), plan.FileName]
            : [];
        foreach (var arg in guard.Concat(plan.Args))
        {
            start.ArgumentList.Add(arg);
        }

        foreach (var (name, value) in plan.Environment)
        {
            start.Environment[name] = value;
        }

        var process = Start(start);
        var processId = guarded
            ? int.Parse((await process.StandardOutput.ReadLineAsync(cancellationToken))!.Split(' ')[1], CultureInfo.InvariantCulture)
            : process.Id;
        return new(process, RunAsync(process, onLine), processId);
    }

    /// <summary>Asks the program to stop and waits until it and its process group are gone.</summary>
    public async Task StopAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill(entireProcessTree: true);
        }
        else
        {
            _process.StandardInput.Close();
        }

        await Exited;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw new DistributedApplicationException($"the program '{start.FileName}' could not be run: {problem.Message}");
        }
    }

    private static async Task<int> RunAsync(Process process, Action<string> onLine)
    {
        await Task.WhenAll(ReadAsync(process.StandardOutput, onLine), ReadAsync(process.StandardError, onLine), process.WaitForExitAsync());
        return process.ExitCode;
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            onLine(line);
        }
    }

    private static string ReadGuard()
    {
        using var stream = typeof(GuardedProcess).Assembly.GetManifestResourceStream("guard.sh")!;
        return new StreamReader(stream).ReadToEnd();
    }
}
