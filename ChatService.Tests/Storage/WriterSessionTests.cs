using ChatService.Hub.Messages;
using ChatService.Tests.AppHost;
using Npgsql;

namespace ChatService.Tests.Storage;

public sealed class WriterSessionTests(AppHostFixture stack)
{
    [Theory]
    [InlineData(true, "replica")]
    [InlineData(false, "origin")]
    public async Task The_writer_leaves_out_the_foreign_keys_second_look_up_where_its_role_may(bool isSuperuser, string expected)
    {
        var token = TestContext.Current.CancellationToken;
        await using var connection = new NpgsqlConnection(await stack.ConnectionStringAsync("chatdb"));
        await connection.OpenAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        await ExecuteAsync($"CREATE ROLE plain_writer; SET ROLE {(isSuperuser ? "NONE" : "plain_writer")}");

        await ExecuteAsync(MessageStatement.Session);

        Assert.Equal(expected, await ShowAsync("session_replication_role"));
        Assert.Equal("force_generic_plan", await ShowAsync("plan_cache_mode"));

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(token);
        }

        async Task<object?> ShowAsync(string setting)
        {
            await using var command = new NpgsqlCommand($"SHOW {setting}", connection, transaction);
            return await command.ExecuteScalarAsync(token);
        }
    }
}
