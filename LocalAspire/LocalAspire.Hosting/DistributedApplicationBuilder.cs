using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly TestedAppHost? _test = TestedAppHost.Current;

    public DistributedApplicationBuilder(string[] args)
    {
        AppHost = new AppHostInfo(_test?.AppHost ?? System.Reflection.Assembly.GetEntryAssembly()!);
        _host = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = _test is null ? args : [.. args, .. _test.Args],
            ApplicationName = AppHost.Name,
            ContentRootPath = AppHost.Directory,
            EnvironmentName = _test is null ? null : Environments.Development,
        });
        _host.Logging.AddFilter(level => level >= LogLevel.Warning);

        var publish = Configuration["publisher"] is not null || Configuration["operation"] == "publish";
        ExecutionContext = new(publish ? DistributedApplicationOperation.Publish : DistributedApplicationOperation.Run);
        Secrets = new UserSecrets(_test is null && !publish ? AppHost.UserSecretsId : null);

        Services.AddSingleton<ResourceNotificationService>();
        Services.AddSingleton<ResourceLoggerService>();
        Services.AddSingleton(services => new ResourceCommandService(services.GetRequiredService<Orchestrator>()));
        Services.AddSingleton<Orchestrator>();
        Services.AddSingleton(AppHost);
        Services.AddSingleton<IResourceCollection>(Resources);
        Services.AddSingleton(new RunOptions(Configuration, isTest: _test is not null));
        Services.AddSingleton<LocalFolders>();
        Services.AddSingleton<ConsoleReport>();
    }

    public ConfigurationManager Configuration => _host.Configuration;
    public IHostEnvironment Environment => _host.Environment;
    public IServiceCollection Services => _host.Services;
    public string AppHostDirectory => AppHost.Directory;
    public DistributedApplicationExecutionContext ExecutionContext { get; }
    public IResourceCollection Resources { get; } = new ResourceCollection();

    internal AppHostInfo AppHost { get; }
    internal UserSecrets Secrets { get; }

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        ResourceName.Validate(resource.Name, Resources);
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        if (_test?.TryCapture(this) == true)
        {
            // The test builds and runs the application; the AppHost's own program ends here.
            throw new HostAbortedException();
        }

        return new DistributedApplication(_host.Build(), ExecutionContext, AppHost, Configuration);
    }
}
