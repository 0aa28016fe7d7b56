using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.AppHost;

/// <summary>An AppHost as a process of its own, as a developer runs it, with data and secrets in a folder that goes away.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _output = new();
    private readonly Task _reading;

    private AppHostProcess(Process process)
    {
        _process = process;
        _patience.CancelAfter(Patience.Limit);
        _reading = ReadAsync();
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    private static string Root { get; } = Path.GetDirectoryName(Projects.ChatService_AppHost.ProjectPath)!;

    public static string RootOf(string file) => Path.Combine(Root, file);

    /// <summary>A program that is built beside the tests, into the like folder of its own project.</summary>
    public static string ProgramOf(string folder, string name)
    {
        var tests = RootOf("ChatService.Tests");
        return Path.Combine(tests, folder, Path.GetRelativePath(tests, AppContext.BaseDirectory), $"{name}.dll");
    }

    public static AppHostProcess Start(string program, string folder, params IEnumerable<string> args)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", program, $"--LocalAspire:DataFolder={folder}", .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["APPDATA"] = folder; // Where user secrets live.
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        return new(Process.Start(start)!);
    }

    /// <summary>Waits for the first line from here on that contains the text.</summary>
    public async Task<string> LineAsync(string text)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(_patience.Token))
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The AppHost ended without a word of '{text}':{Environment.NewLine}{Output}");
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{_process.Id}"]);
        await kill.WaitForExitAsync(_patience.Token);
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(_patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Its exit code, once it has ended and all it printed is in <see cref="Output"/>.</summary>
    public async Task<int> EndAsync()
    {
        await _reading.WaitAsync(_patience.Token);
        return await ExitCodeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _reading;
        _process.Dispose();
        _patience.Dispose();
    }

    private async Task ReadAsync()
    {
        await Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
        _lines.Writer.Complete();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }

            await _lines.Writer.WriteAsync(line);
        }
    }
}
