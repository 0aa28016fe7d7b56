using Npgsql;

namespace ChatService.Worker.Assistant;

/// <summary>
/// Requests a minute and tokens a day, of each user and of each conversation, counted in PostgreSQL. Tokens are taken before the
/// model is asked and corrected afterwards, so that a worker that dies in between has counted too many and not too few.
/// </summary>
internal sealed class AssistantBudget(AssistantDatabase database, Microsoft.Extensions.Options.IOptions<AssistantOptions> options, TimeProvider time)
{
    private const int ForgetsEvery = 256;

    /// <summary>Null: go ahead, and call <see cref="SettleAsync"/>. Otherwise the sentence to say; also when it cannot be counted.</summary>
    public async Task<string?> TryTakeAsync(Guid userId, Guid conversationId, int tokens, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        try
        {
            await using var connection = await database.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var refusal = await TryTakeAsync(connection, userId, true, limits.UserRequestsPerMinute, limits.UserTokensPerDay, tokens, cancellationToken)
                ?? await TryTakeAsync(connection, conversationId, false, limits.ConversationRequestsPerMinute, limits.ConversationTokensPerDay, tokens, cancellationToken);
            if (refusal is null)
            {
                await transaction.CommitAsync(cancellationToken);
            }

            return refusal;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            return AssistantSentences.BudgetUncounted;
        }
    }

    /// <summary>Corrects what was taken by what was used.</summary>
    public async Task SettleAsync(Guid userId, Guid conversationId, int taken, int used, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            "UPDATE assistant.usage SET tokens = greatest(0, tokens + $3) WHERE scope_id IN ($1, $2) AND day = $4", userId, conversationId, (long)used - taken, Today());
        await command.ExecuteNonQueryAsync(cancellationToken);
        if (Random.Shared.Next(ForgetsEvery) == 0)
        {
            await ForgetOldAsync(cancellationToken);
        }
    }

    /// <summary>What was counted before yesterday says nothing any more.</summary>
    private async Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            "DELETE FROM assistant.usage WHERE scope_id IN (SELECT scope_id FROM assistant.usage WHERE minute < $1 LIMIT 1000)", time.GetUtcNow().UtcDateTime.AddDays(-2));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<string?> TryTakeAsync(
        NpgsqlConnection connection, Guid scope, bool isUser, int requestsPerMinute, long tokensPerDay, int tokens, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var minute = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        await using var command = AssistantDatabase.Command(
            connection,
            """
            INSERT INTO assistant.usage AS u (scope_id, minute, requests, day, tokens) VALUES ($1, $2, 1, $3, $4)
            ON CONFLICT (scope_id) DO UPDATE SET
                requests = CASE WHEN u.minute = $2 THEN u.requests + 1 ELSE 1 END, minute = $2,
                tokens = CASE WHEN u.day = $3 THEN u.tokens + $4 ELSE $4 END, day = $3
            RETURNING requests, tokens
            """,
            scope,
            minute,
            Today(),
            (long)tokens);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetInt32(0) > requestsPerMinute ? AssistantSentences.TooManyRequests(isUser, minute.AddMinutes(1) - now)
            : reader.GetInt64(1) > tokensPerDay ? AssistantSentences.TooManyTokens(isUser)
            : null;
    }

    private DateOnly Today() => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
