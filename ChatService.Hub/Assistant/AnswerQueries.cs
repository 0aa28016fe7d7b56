using Npgsql;

namespace ChatService.Hub.Assistant;

/// <summary>What PostgreSQL knows of answers.</summary>
public sealed class AnswerQueries(NpgsqlDataSource dataSource)
{
    public async Task<bool> IsAssistantAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT is_assistant FROM chat_users WHERE id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    public async Task<bool> IsStoredAsync(Guid conversationId, Guid answerId, Guid senderId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT FROM messages WHERE conversation_id = $1 AND id = $2 AND sender_id = $3");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = conversationId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = answerId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = senderId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken);
    }

    /// <summary>How things stand with an answer that somebody waits for.</summary>
    public async Task<AnswerState> StateAsync(
        Guid conversationId, Guid answerId, Guid askerId, Guid assistantId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT EXISTS (SELECT FROM conversation_participants WHERE conversation_id = $1 AND chat_user_id = $3),
                   EXISTS (SELECT FROM conversation_participants WHERE conversation_id = $1 AND chat_user_id = $4),
                   EXISTS (SELECT FROM messages WHERE conversation_id = $1 AND id = $2 AND sender_id = $4)
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = conversationId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = answerId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = askerId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = assistantId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return !reader.GetBoolean(0) ? AnswerState.AskerGone
            : reader.GetBoolean(2) ? AnswerState.Stored
            : reader.GetBoolean(1) ? AnswerState.Awaited
            : AnswerState.AssistantGone;
    }
}
