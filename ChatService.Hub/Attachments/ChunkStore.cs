using ChatService.Contracts;
using Npgsql;

namespace ChatService.Hub.Attachments;

/// <summary>
/// Chunks in PostgreSQL. A few at a time per hub: files may wait, and the connections and the disk that messages need stay free.
/// Who may read or write is part of each statement.
/// </summary>
public sealed class ChunkStore(NpgsqlDataSource dataSource) : IDisposable
{
    private const int AtOnce = 4;

    private const string Put =
        """
        WITH target AS (
            SELECT a.id, a.size FROM attachments a
            JOIN conversation_participants p ON p.conversation_id = a.conversation_id AND p.chat_user_id = a.uploader_id
            WHERE a.id = $1 AND a.uploader_id = $2
        ), stored AS (
            INSERT INTO attachment_chunks (attachment_id, index, bytes)
            SELECT t.id, $3, $4 FROM target t
            WHERE $3 >= 0 AND length($4) > 0 AND length($4) = least($5, t.size - $3 * $5)
            ON CONFLICT (attachment_id, index) DO NOTHING
            RETURNING index
        )
        SELECT t.size, EXISTS (SELECT FROM stored), (SELECT c.bytes = $4 FROM attachment_chunks c WHERE c.attachment_id = t.id AND c.index = $3)
        FROM target t
        """;

    private const string Get =
        """
        SELECT c.bytes FROM attachment_chunks c
        JOIN attachments a ON a.id = c.attachment_id
        JOIN conversation_participants p ON p.conversation_id = a.conversation_id AND p.chat_user_id = $2
        WHERE c.attachment_id = $1 AND c.index = $3 AND (a.uploader_id = $2 OR EXISTS (
            SELECT FROM messages m
            WHERE m.conversation_id = a.conversation_id AND m.id = a.message_id AND m.sequence > p.visible_after
              AND (m.expires_at IS NULL OR m.expires_at > now())))
        """;

    private readonly SemaphoreSlim _turn = new(AtOnce, AtOnce);

    public async Task<ChunkOutcome> PutAsync(
        Guid attachmentId, Guid userId, int index, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ChunkOutcome? outcome;
            do
            {
                outcome = await TryPutAsync(attachmentId, userId, index, bytes, cancellationToken);
            }
            while (outcome is null);
            return outcome.Value;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The chunk's length in the buffer; null when it is not there, or not for this user.</summary>
    public async Task<int?> GetAsync(Guid attachmentId, Guid userId, int index, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var command = dataSource.CreateCommand(Get);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = attachmentId });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = index });
            await using var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SequentialAccess, cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
            {
                return null;
            }

            await using var bytes = await reader.GetStreamAsync(0, cancellationToken);
            return await bytes.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Null: somebody else stored the same chunk at the same moment, and the next look sees it.</summary>
    private async Task<ChunkOutcome?> TryPutAsync(
        Guid attachmentId, Guid userId, int index, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Put);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = attachmentId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = index });
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = bytes });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Limits.AttachmentChunk });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return ChunkOutcome.NotFound;
        }

        var (size, isStored) = (reader.GetInt64(0), reader.GetBoolean(1));
        if (isStored)
        {
            return ChunkOutcome.Stored;
        }

        if (index < 0 || index >= UploadChunks.CountOf(size) || bytes.Length != UploadChunks.LengthOf(size, index))
        {
            return ChunkOutcome.WrongPlaceOrLength;
        }

        return reader.IsDBNull(2) ? null : reader.GetBoolean(2) ? ChunkOutcome.Stored : ChunkOutcome.Different;
    }
}
