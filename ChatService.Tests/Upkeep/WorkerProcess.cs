using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ChatService.Tests.Accounts;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.Upkeep;

/// <summary>One more worker, on a database of the test's.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private WorkerProcess(Process process, Uri address) => (_process, _http) = (process, new HttpClient { BaseAddress = address });

    /// <summary>Started, but perhaps not ready yet.</summary>
    public static WorkerProcess Start(string database, string redis)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [typeof(Worker.Upkeep.UpkeepJob).Assembly.Location]) { WorkingDirectory = AppContext.BaseDirectory };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = address.AbsoluteUri;
        start.Environment["ConnectionStrings__chatdb"] = database;
        start.Environment["ConnectionStrings__redis"] = redis;
        start.Environment["ServerKeys__SealingKey"] = DevelopmentSettings.SealingKey;
        start.Environment["Upkeep__CheckInSeconds"] = "1";
        start.Environment["Logging__LogLevel__Default"] = "Error";
        return new WorkerProcess(Process.Start(start)!, address);
    }

    /// <summary>The lines of <c>/health</c>; none while it does not listen.</summary>
    public async Task<string[]> HealthAsync()
    {
        Assert.False(_process.HasExited, "The worker ended.");
        try
        {
            using var response = await _http.GetAsync("/health", TestContext.Current.CancellationToken);
            return (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n');
        }
        catch (HttpRequestException)
        {
            return [];
        }
    }

    public Task ReportsAsync(string line) =>
        Patience.UntilAsync(async () => (await HealthAsync()).Any(found => found.StartsWith(line, StringComparison.Ordinal)), $"/health says '{line}…'");

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        _http.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
