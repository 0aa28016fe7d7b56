using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using ChatService.Tests.Assistant;

namespace ChatService.Tests.AppHost;

/// <summary>
/// One whole stack for the test assembly, started by the first test that asks: take it as a constructor parameter and
/// await <see cref="StartAsync"/>. What a test stops it must start again.
/// </summary>
public sealed class AppHostFixture : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly Lazy<Task<DistributedApplication>> _app;
    private StandInModel? _model;

    public AppHostFixture() => _app = new(CreateAsync);

    /// <summary>The model behind @gpt.</summary>
    public async Task<StandInModel> ModelAsync()
    {
        await _app.Value;
        return _model!;
    }

    public async Task<DistributedApplication> StartAsync() => await _app.Value;

    public async Task<Uri> GatewayAsync() => (await _app.Value).GetEndpoint("gateway", "http");

    /// <summary>The address of <c>hub-1</c>, <c>hub-2</c>, past the gateway.</summary>
    public async Task<Uri> HubAsync(int number) => (await _app.Value).GetEndpoint($"hub-{number}", "http");

    public async Task<string> ConnectionStringAsync(string resource) => (await (await _app.Value).GetConnectionStringAsync(resource))!;

    /// <summary>Kills the resource's process with SIGKILL and waits until its end has been noticed.</summary>
    public async Task KillAsync(string resource)
    {
        var app = await _app.Value;
        Process.GetProcessById(await ProcessIdAsync(resource)).Kill();
        await app.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.Exited);
    }

    public async Task<int> ProcessIdAsync(string resource)
    {
        var app = await _app.Value;
        var now = await app.ResourceNotifications.WaitForResourceAsync(resource, now => now.Snapshot.State?.Text == KnownResourceStates.Running);
        return (int)now.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value!;
    }

    public Task StopAsync(string resource) => CommandAsync(resource, KnownResourceCommands.StopCommand);

    public Task StartAsync(string resource) => CommandAsync(resource, KnownResourceCommands.StartCommand);

    public async Task WaitHealthyAsync(string resource)
    {
        using var limit = new CancellationTokenSource(s_patience);
        await (await _app.Value).ResourceNotifications.WaitForResourceHealthyAsync(resource, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app.IsValueCreated)
        {
            await (await _app.Value).DisposeAsync();
        }

        if (_model is not null)
        {
            await _model.DisposeAsync();
        }
    }

    private async Task CommandAsync(string resource, string command)
    {
        var result = await (await _app.Value).ResourceCommands.ExecuteCommandAsync(resource, command);
        Assert.True(result.Success, $"{resource} did not {command}.");
    }

    private async Task<DistributedApplication> CreateAsync()
    {
        using var limit = new CancellationTokenSource(s_patience);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ChatService_AppHost>(limit.Token);
        _model = await StandInModel.StartAsync();
        builder.Configuration["ConnectionStrings:openai"] = _model.ConnectionString;
        var app = await builder.BuildAsync(limit.Token);
        try
        {
            await app.StartAsync(limit.Token);
            foreach (var resource in (string[])["chatdb", "redis", "worker", "hub-1", "hub-2", "gateway"])
            {
                await app.ResourceNotifications.WaitForResourceHealthyAsync(resource, limit.Token);
            }

            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }
}
