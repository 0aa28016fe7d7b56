using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Manifest;
using Aspire.Hosting.Run;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private readonly DistributedApplicationExecutionContext _context;
    private readonly AppHostInfo _appHost;
    private readonly IConfiguration _configuration;

    internal DistributedApplication(
        IHost host, DistributedApplicationExecutionContext context, AppHostInfo appHost, IConfiguration configuration) =>
        (_host, _context, _appHost, _configuration) = (host, context, appHost, configuration);

    public IServiceProvider Services => _host.Services;
    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    private Orchestrator Orchestrator => Services.GetRequiredService<Orchestrator>();

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    public void Run() => RunAsync().GetAwaiter().GetResult();

    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (_context.IsPublishMode)
            {
                await ManifestFile.WriteAsync(_configuration, Services.GetRequiredService<IResourceCollection>(), _appHost, cancellationToken);
                return;
            }

            using var launcher = LauncherWatch.Begin(Services.GetRequiredService<IHostApplicationLifetime>());
            await StartAsync(cancellationToken);
            await Orchestrator.ReportUntilStoppedAsync();
            await StopAsync(CancellationToken.None);
        }
        catch (DistributedApplicationException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            Environment.ExitCode = 1;
        }
        finally
        {
            await DisposeAsync();
        }
    }

    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await _host.StartAsync(cancellationToken);
        Orchestrator.Start();
    }

    public virtual async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await Orchestrator.StopAsync(cancellationToken);
        await _host.StopAsync(cancellationToken);
    }

    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Orchestrator.DisposeAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
