using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Attachments;

/// <summary>Ciphertext in the store, a chunk per entry, so that neither direction begins again after a crash, on any platform.</summary>
internal static class Spool
{
    private const int Batch = 16;

    public static async Task PutAsync(IChatStore store, Guid id, int index, ReadOnlyMemory<byte> chunk, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        await transaction.PutAsync(ClientTables.Spool, StoreValues.Key(id, index), chunk, ct);
        await transaction.CommitAsync(ct);
    }

    public static async Task<byte[]?> GetAsync(IChatStore store, Guid id, int index, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        return await transaction.GetAsync(ClientTables.Spool, StoreValues.Key(id, index), ct);
    }

    /// <summary>In small transactions, so that messages need not wait.</summary>
    public static async Task DeleteAsync(IChatStore store, Guid id, CancellationToken ct)
    {
        for (var index = 0; index < UploadChunks.CountOf(Limits.AttachmentCiphertext); index += Batch)
        {
            await using var transaction = await store.BeginAsync(ct);
            for (var i = index; i < index + Batch; i++)
                await transaction.DeleteAsync(ClientTables.Spool, StoreValues.Key(id, i), ct);
            await transaction.CommitAsync(ct);
        }
    }
}
