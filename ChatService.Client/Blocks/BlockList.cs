using ChatService.Client.Api;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Blocks;

/// <summary>Keeps the device's list of blocked users as the server has it: at each connect, and when another device changes it.</summary>
internal sealed class BlockList(IChatStore store, ChatApi api, ChatEvents events)
{
    public async Task<IReadOnlyList<BlockedUser>> RefreshAsync(CancellationToken ct)
    {
        var current = await api.BlocksAsync(ct);
        bool isNews;
        await using (var transaction = await store.BeginAsync(ct))
        {
            isNews = await BlockStore.ReplaceAsync(transaction, [.. current.Select(blocked => blocked.UserId)], ct);
            await transaction.CommitAsync(ct);
        }

        if (isNews)
            events.RaiseBlockedUsersChanged();
        return current;
    }

    public async Task BlockAsync(Guid userId, CancellationToken ct)
    {
        await api.BlockAsync(userId, ct);
        await RefreshAsync(ct);
    }

    public async Task UnblockAsync(Guid userId, CancellationToken ct)
    {
        await api.UnblockAsync(userId, ct);
        await RefreshAsync(ct);
    }

    public async Task<bool> ContainsAsync(Guid userId, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        return await BlockStore.ContainsAsync(transaction, userId, ct);
    }
}
