using ChatService.Client.Storage;

namespace ChatService.Client.Blocks;

/// <summary>Whom this user has blocked, as the device last heard.</summary>
internal static class BlockStore
{
    public static async ValueTask<bool> ContainsAsync(IChatTransaction transaction, Guid userId, CancellationToken ct) =>
        await transaction.GetAsync(ClientTables.Blocks, StoreValues.Key(userId), ct) is not null;

    /// <summary>False when it was so already.</summary>
    public static async ValueTask<bool> ReplaceAsync(IChatTransaction transaction, IReadOnlyCollection<Guid> userIds, CancellationToken ct)
    {
        HashSet<string> current = [.. userIds.Select(id => StoreValues.Key(id))], before = [];
        await foreach (var (key, _) in transaction.ListAsync(ClientTables.Blocks, "", null, ct: ct))
            before.Add(key);
        foreach (var gone in before.Except(current))
            await transaction.DeleteAsync(ClientTables.Blocks, gone, ct);
        foreach (var added in current.Except(before))
            await transaction.PutAsync(ClientTables.Blocks, added, new byte[] { 1 }, ct);
        return !before.SetEquals(current);
    }
}
