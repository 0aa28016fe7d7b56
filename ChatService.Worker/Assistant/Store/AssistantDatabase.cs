using Npgsql;

namespace ChatService.Worker.Assistant;

/// <summary>Connections of the assistant's own. A worker that hangs in a transaction loses it, so that another one can take over.</summary>
internal sealed class AssistantDatabase(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
    {
        ApplicationName = "ChatService.Worker assistant",
        MaxAutoPrepare = 32,
        AutoPrepareMinUsages = 2,
        CommandTimeout = 10,
        Options = "-c idle_in_transaction_session_timeout=10000",
    });

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => _source.OpenConnectionAsync(cancellationToken);

    public NpgsqlCommand Command(string sql, params ReadOnlySpan<object> parameters) => Fill(_source.CreateCommand(sql), parameters);

    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> parameters) =>
        Fill(new NpgsqlCommand(sql, connection), parameters);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static NpgsqlCommand Fill(NpgsqlCommand command, ReadOnlySpan<object> parameters)
    {
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return command;
    }
}
