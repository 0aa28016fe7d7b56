using System.Globalization;
using ChatService.Client.Storage;

namespace ChatService.Worker.Assistant;

/// <summary>Prompts that have come and are not answered yet, in the assistant's store: whoever is the assistant next goes on with them.</summary>
internal sealed class WaitingPrompts(IChatStore store)
{
    private const string Table = "waiting-prompts";

    public async Task AddAsync(Guid conversationId, long sequence, CancellationToken cancellationToken)
    {
        await using var transaction = await store.BeginAsync(cancellationToken);
        await transaction.PutAsync(Table, Key(conversationId, sequence), ReadOnlyMemory<byte>.Empty, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task RemoveAsync(Guid conversationId, long sequence, CancellationToken cancellationToken)
    {
        await using var transaction = await store.BeginAsync(cancellationToken);
        await transaction.DeleteAsync(Table, Key(conversationId, sequence), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<(Guid ConversationId, long Sequence)>> ListAsync(CancellationToken cancellationToken)
    {
        List<(Guid, long)> prompts = [];
        await using var transaction = await store.BeginAsync(cancellationToken);
        await foreach (var (key, _) in transaction.ListAsync(Table, "", null, ct: cancellationToken))
        {
            prompts.Add((Guid.ParseExact(key.AsSpan(0, 32), "N"), SequenceOf(key)));
        }

        return prompts;
    }

    /// <summary>The oldest of a conversation; null: none.</summary>
    public async Task<long?> FirstAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        await using var transaction = await store.BeginAsync(cancellationToken);
        await foreach (var (key, _) in transaction.ListAsync(Table, Key(conversationId, 0), Key(conversationId, long.MaxValue), limit: 1, ct: cancellationToken))
        {
            return SequenceOf(key);
        }

        return null;
    }

    private static long SequenceOf(string key) => long.Parse(key.AsSpan(33), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Key(Guid conversationId, long sequence) => string.Create(CultureInfo.InvariantCulture, $"{conversationId:N}/{sequence:x16}");
}
