using System.Collections.Immutable;

namespace ChatService.Client.Storage;

/// <summary>A store that lasts as long as the process: for tests, bots that start afresh, and load generators.</summary>
public sealed class InMemoryChatStore : IChatStore
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    internal ImmutableDictionary<string, ImmutableSortedSet<StoredEntry>> Tables { get; set; } =
        ImmutableDictionary.Create<string, ImmutableSortedSet<StoredEntry>>(StringComparer.Ordinal);

    public async ValueTask<IChatTransaction> BeginAsync(CancellationToken ct = default)
    {
        await _turn.WaitAsync(ct);
        return new InMemoryChatTransaction(this);
    }

    internal void End() => _turn.Release();

    public ValueTask DisposeAsync()
    {
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }
}
