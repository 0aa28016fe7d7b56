using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ChatService.Tests.Accounts;

/// <summary>One more hub, with settings of its own.</summary>
internal sealed class HubProcess : IAsyncDisposable
{
    private readonly Process _process;

    private HubProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<HubProcess> StartAsync(string database, string redis, params (string Name, string Value)[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [typeof(Hub.Accounts.CurrentUser).Assembly.Location])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = address.AbsoluteUri;
        start.Environment["ServerKeys__SealingKey"] = DevelopmentSettings.SealingKey;
        start.Environment["ConnectionStrings__chatdb"] = database;
        start.Environment["ConnectionStrings__redis"] = redis;
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var hub = new HubProcess(Process.Start(start)!, address);
        var output = hub.ReadAsync(hub._process.StandardOutput);
        var errors = hub.ReadAsync(hub._process.StandardError);
        using var client = new HttpClient { BaseAddress = address };
        while (!hub._process.HasExited)
        {
            try
            {
                using var response = await client.GetAsync("/alive", TestContext.Current.CancellationToken);
                return hub;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }

        throw new InvalidOperationException($"The hub ended: {await output}{await errors}");
    }

    /// <summary>Everything it has written so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    private readonly System.Text.StringBuilder _log = new();

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<string> ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_log)
            {
                _log.AppendLine(line);
            }
        }

        return Log;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
