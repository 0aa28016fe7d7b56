using ChatService.Tests.AppHost;
using ChatService.Worker.Assistant;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatService.Tests.Assistant;

/// <summary>A database of the test's own with the assistant's tables, and who holds its lease.</summary>
internal sealed class AssistantTestDatabase : IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly AssistantDatabase _database;

    private AssistantTestDatabase(string connectionString)
    {
        _connectionString = connectionString;
        _database = new AssistantDatabase(connectionString);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<AssistantTestDatabase> CreateAsync(AppHostFixture stack)
    {
        var connection = new NpgsqlConnectionStringBuilder(await stack.ConnectionStringAsync("chatdb")) { Database = $"assistant_{Guid.NewGuid():n}", Pooling = false };
        var options = new DbContextOptionsBuilder<AssistantDbContext>().UseNpgsql(connection.ConnectionString);
        AssistantDbContext.Configure(options);
        await using (var context = new AssistantDbContext(options.Options))
            await context.Database.MigrateAsync(Ct);
        var database = new AssistantTestDatabase(connection.ConnectionString);
        await database.LeaseAsync(1);
        return database;
    }

    public AssistantDatabase Database => _database;

    public Task<PostgresChatStore> OpenAsync(byte[] key, long fence = 1) => PostgresChatStore.OpenAsync(_database, [.. key], fence, Ct);

    /// <summary>Whoever has this number is the assistant now.</summary>
    public Task LeaseAsync(long fence) => ExecuteAsync(
        "INSERT INTO assistant.leases (name, holder, fence, expires_at) VALUES ('session', gen_random_uuid(), $1, now()) ON CONFLICT (name) DO UPDATE SET fence = $1", fence);

    public async Task<object?> ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = _database.Command(sql, parameters);
        return await command.ExecuteScalarAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        var name = new NpgsqlConnectionStringBuilder(_connectionString).Database;
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_connectionString) { Database = "postgres" }.ConnectionString);
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"DROP DATABASE \"{name}\" WITH (FORCE)", connection);
        await drop.ExecuteNonQueryAsync();
    }
}
