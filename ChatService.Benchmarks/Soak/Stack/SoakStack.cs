using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using ChatService.Contracts;
using ChatService.Hub.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace ChatService.Benchmarks.Soak.Stack;

/// <summary>The whole stack, as the AppHost describes it, with data that is removed at the end.</summary>
internal sealed class SoakStack : IAsyncDisposable
{
    public const string Database = "chatdb";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly CancellationTokenSource _stop = new();
    private readonly DistributedApplication _app;
    private readonly Task _keeping;

    private SoakStack(DistributedApplication app, string connectionString)
    {
        (_app, ConnectionString) = (app, connectionString);
        All = [.. Parts.Select(name => new StackPart(app, name))];
        _keeping = Task.WhenAll(All.Select(part => part.KeepAsync(_stop.Token)));
    }

    /// <summary>What is killed.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["hub-1", "hub-2", "redis", "postgres", "worker", "gateway"];

    public IReadOnlyList<StackPart> All { get; }

    public string ConnectionString { get; }

    public Uri Gateway => _app.GetEndpoint("gateway", "http");

    public Uri Hub(int number) => _app.GetEndpoint($"hub-{number}", "http");

    public static async Task<SoakStack> StartAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(s_patience);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ChatService_AppHost>(limit.Token);
        foreach (var project in builder.Resources.OfType<ProjectResource>().Where(project => project.Name.StartsWith("hub-", StringComparison.Ordinal)).ToList())
        {
            // All accounts are made from one address; and tokens are to be renewed more than once in a short run. The rest is as it ships.
            builder.CreateResourceBuilder(project)
                .WithEnvironment($"RateLimits__{RateLimits.Accounts.Name}__Burst", "1000000")
                .WithEnvironment($"RateLimits__{RateLimits.Accounts.Name}__PerSecond", "1000")
                .WithEnvironment($"{AccountsOptions.Section}__{nameof(AccountsOptions.AccessTokenMinutes)}", "2");
        }

        var app = await builder.BuildAsync(limit.Token);
        try
        {
            await app.StartAsync(limit.Token);
            foreach (var resource in (string[])[Database, "redis", "worker", "hub-1", "hub-2", "gateway"])
            {
                await app.ResourceNotifications.WaitForResourceHealthyAsync(resource, limit.Token);
            }

            return new(app, (await app.GetConnectionStringAsync(Database, limit.Token))!);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Until <paramref name="ct"/> is cancelled; what was killed comes back all the same.</summary>
    public async Task KillAsync(int seed, Action<Kill> killed, CancellationToken ct)
    {
        try
        {
            foreach (var kill in Kill.Order(seed))
            {
                await Task.Delay(kill.After, ct);
                await All.Single(part => part.Name == kill.Part).KillAsync(kill, ct);
                killed(kill);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Enough.
        }
    }

    public Task HealthyAsync(CancellationToken ct) => Task.WhenAll(All.Select(part => part.HealthyAsync(ct)));

    public async Task SaveLogsAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var part in Parts)
        {
            File.Delete(Path.Combine(folder, $"{part}.log"));
            await foreach (var lines in _app.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(part))
            {
                await File.WriteAllLinesAsync(Path.Combine(folder, $"{part}.log"), lines.Select(line => line.Content));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping.ContinueWith(_ => { }, TaskScheduler.Default);
        await _app.DisposeAsync();
        _stop.Dispose();
    }
}
