using System.Security.Cryptography;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Npgsql;

namespace ChatService.Benchmarks.Load.Servers;

/// <summary>PostgreSQL, migrated, and Redis: the AppHost's own, with data that is removed at the end.</summary>
internal sealed class DataServers : IAsyncDisposable
{
    private readonly DistributedApplication _app;

    private DataServers(DistributedApplication app) => _app = app;

    public required string Database { get; init; }

    public required string Redis { get; init; }

    /// <summary>What <see cref="Core.Accounts.SealingOptions.SealingKey"/> is for this run.</summary>
    public required string SealingKey { get; init; }

    public required int PostgresProcessId { get; init; }

    public required int RedisProcessId { get; init; }

    public static async Task<DataServers> StartAsync(CancellationToken cancellationToken)
    {
        var sealingKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Core.Accounts.SealingKey.Size));
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ChatService_AppHost>(
            ["--Hubs=0", $"--Parameters:server-sealing-key={sealingKey}"], cancellationToken);
        var app = await builder.BuildAsync(cancellationToken);
        try
        {
            await app.StartAsync(cancellationToken);
            foreach (var resource in (string[])["chatdb", "redis", "worker"])
            {
                await app.ResourceNotifications.WaitForResourceHealthyAsync(resource, cancellationToken);
            }

            var servers = new DataServers(app)
            {
                Database = (await app.GetConnectionStringAsync("chatdb", cancellationToken))!,
                Redis = (await app.GetConnectionStringAsync("redis", cancellationToken))!,
                SealingKey = sealingKey,
                PostgresProcessId = await ProcessIdAsync(app, "postgres", cancellationToken),
                RedisProcessId = await ProcessIdAsync(app, "redis", cancellationToken),
            };
            await servers.CheckDurableAsync(cancellationToken);
            return servers;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>A commit that does not reach the disk would make every figure a lie.</summary>
    private async Task CheckDurableAsync(CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(Database);
        await using var command = database.CreateCommand("SELECT current_setting('fsync') || current_setting('synchronous_commit')");
        if (await command.ExecuteScalarAsync(cancellationToken) is not "onon")
        {
            throw new InvalidOperationException("PostgreSQL runs without fsync or synchronous_commit: there is nothing to measure.");
        }
    }

    private static async Task<int> ProcessIdAsync(DistributedApplication app, string resource, CancellationToken cancellationToken)
    {
        var now = await app.ResourceNotifications.WaitForResourceAsync(
            resource, now => now.Snapshot.State?.Text == KnownResourceStates.Running, cancellationToken);
        return now.Snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is int id
            ? id
            : throw new InvalidOperationException($"{resource} is not a process of this machine, so its CPU time cannot be read.");
    }
}
