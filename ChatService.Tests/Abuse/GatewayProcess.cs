using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.Abuse;

/// <summary>One more gateway, before a hub of the test's own.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly Process _process;

    private GatewayProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<GatewayProcess> StartAsync(Uri hub)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [AppHostProcess.ProgramOf("../ChatService.Gateway", "ChatService.Gateway")]) { RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_URLS"] = address.AbsoluteUri;
        start.Environment["services__hub__http__0"] = hub.AbsoluteUri;
        var gateway = new GatewayProcess(Process.Start(start)!, address);
        _ = gateway._process.StandardOutput.ReadToEndAsync();
        using var http = new HttpClient { BaseAddress = address };
        await Patience.UntilAsync(() => IsUpAsync(http), "the gateway is up");
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<bool> IsUpAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync("/alive")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
