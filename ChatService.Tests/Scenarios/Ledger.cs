using ChatService.Tests.AppHost;
using Npgsql;

namespace ChatService.Tests.Scenarios;

/// <summary>What PostgreSQL holds.</summary>
internal sealed class Ledger(AppHostFixture stack)
{
    /// <summary>The ids of what devices sent, by sequence, after checking that all sequences are 1, 2, 3, …, and that the conversation says so too.</summary>
    public async Task<IReadOnlyList<Guid>> MessagesAsync(Guid conversationId)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT m.sequence, m.id, c.last_sequence, m.sender_device_id IS NOT NULL FROM messages m JOIN conversations c ON c.id = m.conversation_id
            WHERE m.conversation_id = $1 ORDER BY m.sequence
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = conversationId });
        List<Guid> ids = [];
        var (count, last) = (0L, 0L);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal(++count, reader.GetInt64(0));
            last = reader.GetInt64(2);
            if (reader.GetBoolean(3))
            {
                ids.Add(reader.GetGuid(1));
            }
        }

        Assert.Equal(count, last);
        return ids;
    }

    /// <summary>In how many messages a text can be found, in any column, as it is or as bytes.</summary>
    public async Task<long> CountReadableAsync(Guid conversationId, string text)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT count(*) FROM messages m WHERE m.conversation_id = $1
            AND (position($2 IN m::text) > 0 OR position(encode(convert_to($2, 'UTF8'), 'hex') IN m::text) > 0
                 OR position(convert_to($2, 'UTF8') IN m.encrypted_content) > 0)
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = conversationId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(await stack.ConnectionStringAsync("chatdb")) { Pooling = false };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
