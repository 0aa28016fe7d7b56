using ChatService.Core.Accounts;
using ChatService.Core.Storage;
using ChatService.Tests.AppHost;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatService.Tests.Upkeep;

/// <summary>A migrated database of the test's own, where the clock may say anything.</summary>
internal sealed class UpkeepDatabase : IAsyncDisposable
{
    private UpkeepDatabase(string connectionString)
    {
        ConnectionString = connectionString;
        Chat = CreateChat();
        Accounts = CreateAccounts();
    }

    public string ConnectionString { get; }

    public ChatDbContext Chat { get; }

    public AccountsDbContext Accounts { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="withAccounts">Whether the accounts' tables are needed too.</param>
    public static async Task<UpkeepDatabase> CreateAsync(AppHostFixture stack, bool withAccounts = true)
    {
        var connection = new NpgsqlConnectionStringBuilder(await stack.ConnectionStringAsync("chatdb"))
        {
            Database = $"upkeep_{Guid.NewGuid():n}",
            Pooling = false,
        };
        var database = new UpkeepDatabase(connection.ConnectionString);
        await database.Chat.Database.MigrateAsync(Token);
        if (withAccounts)
        {
            await database.Accounts.Database.MigrateAsync(Token);
        }

        return database;
    }

    public ChatDbContext CreateChat()
    {
        var options = new DbContextOptionsBuilder<ChatDbContext>().UseNpgsql(ConnectionString);
        ChatDbContextOptions.Configure(options);
        return new ChatDbContext(options.Options);
    }

    public AccountsDbContext CreateAccounts()
    {
        var options = new DbContextOptionsBuilder<AccountsDbContext>().UseNpgsql(ConnectionString);
        AccountsDbContextOptions.Configure(options);
        return new AccountsDbContext(options.Options);
    }

    public async Task<T?> ReadAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token) is T value ? value : default;
    }

    public Task ExecuteAsync(string sql) => ReadAsync<object>(sql);

    public async ValueTask DisposeAsync()
    {
        await Accounts.DisposeAsync();
        await using (var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres" }.ConnectionString))
        {
            // Whoever is still connected is a worker that the test has ended.
            await connection.OpenAsync();
            await using var drop = new NpgsqlCommand(
                $"DROP DATABASE \"{new NpgsqlConnectionStringBuilder(ConnectionString).Database}\" WITH (FORCE)", connection);
            await drop.ExecuteNonQueryAsync();
        }

        await Chat.DisposeAsync();
    }
}
