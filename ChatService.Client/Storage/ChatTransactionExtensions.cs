namespace ChatService.Client.Storage;

/// <summary>What can be said with the members of <see cref="IChatTransaction"/>.</summary>
public static class ChatTransactionExtensions
{
    /// <summary>The entries whose key begins with <paramref name="prefix"/>, read at once, so that the table may be changed while they are looked at.</summary>
    public static async ValueTask<List<KeyValuePair<string, byte[]>>> ListPrefixAsync(
        this IChatTransaction transaction, string table, string prefix, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        var end = prefix[..^1] + (char)(prefix[^1] + 1);
        List<KeyValuePair<string, byte[]>> entries = [];
        await foreach (var entry in transaction.ListAsync(table, prefix, end, ct: ct))
            entries.Add(entry);
        return entries;
    }
}
