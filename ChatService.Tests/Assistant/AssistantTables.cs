using ChatService.Tests.AppHost;
using Npgsql;

namespace ChatService.Tests.Assistant;

/// <summary>What the stack's assistant has stored. The values are sealed, the keys are ids.</summary>
internal sealed class AssistantTables(AppHostFixture stack)
{
    /// <summary>Rows of a conversation.</summary>
    /// <param name="table">Null: in any of the store's tables.</param>
    public async Task<long> CountAsync(Guid conversationId, string? table = null) => (long)(await ExecuteAsync(
        "SELECT count(*) FROM assistant.entries WHERE key LIKE $1 AND ($2::text IS NULL OR tbl = $2)", $"{conversationId:n}%", (object?)table ?? DBNull.Value))!;

    /// <summary>Which tables have rows of a conversation.</summary>
    public async Task<string> NamesAsync(Guid conversationId) =>
        await ExecuteAsync("SELECT string_agg(DISTINCT tbl, ', ') FROM assistant.entries WHERE key LIKE $1", $"{conversationId:n}%") as string ?? "";

    /// <summary>As when an older copy of the store was put back.</summary>
    public Task LoseSessionsWithAsync(Guid deviceId) =>
        ExecuteAsync("DELETE FROM assistant.entries WHERE tbl = 'sessions' AND key LIKE $1", $"{deviceId:n}%");

    private async Task<object?> ExecuteAsync(string sql, params object[] parameters)
    {
        await using var connection = new NpgsqlConnection(await stack.ConnectionStringAsync("chatdb"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
