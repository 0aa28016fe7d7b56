using Npgsql;

namespace ChatService.Benchmarks.Soak.Checking;

/// <summary>What PostgreSQL holds.</summary>
internal sealed class StoredMessages(string connectionString)
{
    private readonly string _connectionString = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    /// <summary>Up to where each conversation goes.</summary>
    public async Task<Dictionary<Guid, long>> LastSequencesAsync(CancellationToken ct)
    {
        Dictionary<Guid, long> last = [];
        await ReadAsync("SELECT id, last_sequence FROM conversations", row => last.Add(row.GetGuid(0), row.GetInt64(1)), ct);
        return last;
    }

    /// <summary>All there is, by conversation and sequence.</summary>
    public async Task<ILookup<Guid, StoredRow>> AllAsync(CancellationToken ct)
    {
        List<StoredRow> rows = [];
        await ReadAsync(
            "SELECT conversation_id, sequence, id, sender_id, sender_device_id FROM messages ORDER BY conversation_id, sequence",
            row => rows.Add(new(row.GetGuid(0), row.GetInt64(1), row.GetGuid(2), row.GetGuid(3), row.IsDBNull(4) ? null : row.GetGuid(4))),
            ct);
        return rows.ToLookup(row => row.ConversationId);
    }

    private async Task ReadAsync(string sql, Action<NpgsqlDataReader> read, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            read(reader);
        }
    }
}
