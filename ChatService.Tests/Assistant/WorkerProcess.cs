using System.Collections.Concurrent;
using System.Diagnostics;
using ChatService.Tests.Accounts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.Assistant;

/// <summary>One more worker, on the stack's databases unless its settings say otherwise.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    // As the AppHost's appsettings.Development.json has it.
    private const string SealingKey = "ZGV2ZWxvcG1lbnQtb25seS1zZWFsaW5nLWtleS0zMmI=";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource _isTheAssistant = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerProcess(Process process) => _process = process;

    /// <summary>Completes when it has become the assistant.</summary>
    public Task IsTheAssistant => _isTheAssistant.Task;

    public static async Task<WorkerProcess> StartAsync(AppHostFixture stack, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", AppHostProcess.ProgramOf("../ChatService.Worker", "ChatService.Worker")])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ConnectionStrings__chatdb"] = await stack.ConnectionStringAsync("chatdb");
        start.Environment["ConnectionStrings__redis"] = await stack.ConnectionStringAsync("redis");
        start.Environment["ConnectionStrings__openai"] = (await stack.ModelAsync()).ConnectionString;
        start.Environment["Assistant__SealingKey"] = SealingKey;
        start.Environment["ServerKeys__SealingKey"] = DevelopmentSettings.SealingKey;
        start.Environment["Assistant__Server"] = (await stack.GatewayAsync()).AbsoluteUri;
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var worker = new WorkerProcess(Process.Start(start)!);
        _ = worker.ReadAsync();
        return worker;
    }

    public Task SaysAsync(string text) => Patience.UntilAsync(() => _lines.Any(line => line.Contains(text, StringComparison.Ordinal)), $"the worker says '{text}'");

    public async ValueTask DisposeAsync()
    {
        using var kill = Process.Start("kill", ["-s", "TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Enqueue(line);
            if (line.Contains("The assistant is here", StringComparison.Ordinal))
                _isTheAssistant.TrySetResult();
        }
    }
}
