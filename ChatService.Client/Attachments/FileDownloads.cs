using System.Collections.Concurrent;
using System.Security.Cryptography;
using ChatService.Client.Api;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Attachments;
using ChatService.Client.Messages;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Attachments;

/// <summary>
/// Fetches files: the ciphertext comes into the spool, going on where an earlier attempt ended, and only when its digest is the one
/// that the sender sealed is anything of it decrypted.
/// </summary>
internal sealed class FileDownloads(IChatStore store, ChatApi api, TransferRetries retries, EncryptionOptions encryption, TimeProvider time)
{
    /// <summary>How long a part that nobody asked for again is kept.</summary>
    private static readonly TimeSpan KeepPartsFor = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> _turns = new();

    public async Task DownloadAsync(AttachmentInfo file, Stream destination, IProgress<TransferProgress>? progress, CancellationToken ct)
    {
        var secret = SecretOf(file);
        var turn = _turns.GetOrAdd(file.Id, _ => new(1, 1));
        await turn.WaitAsync(ct);
        try
        {
            await FetchAsync(file.Id, AttachmentCipher.CiphertextSize(file.Size), progress, ct);
            try
            {
                await VerifyAsync(file.Id, secret, ct);
                await new AttachmentCipher(encryption).DecryptAsync(new SpoolReader(store, file.Id), destination, secret, ct);
            }
            catch (EncryptionException e)
            {
                await ForgetAsync(file.Id, ct);
                throw Invalid(e);
            }

            await ForgetAsync(file.Id, ct);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Clears away parts of downloads that were given up.</summary>
    public async Task CleanAsync(CancellationToken ct)
    {
        List<Guid> old = [];
        await using (var transaction = await store.BeginAsync(ct))
        {
            await foreach (var (key, value) in transaction.ListAsync(ClientTables.Downloads, "", null, ct: ct))
            {
                if (new DateTime(System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(value), DateTimeKind.Utc) < time.GetUtcNow().UtcDateTime - KeepPartsFor)
                    old.Add(Guid.ParseExact(key, "N"));
            }
        }

        foreach (var id in old)
            await ForgetAsync(id, ct);
    }

    private async Task FetchAsync(Guid id, long size, IProgress<TransferProgress>? progress, CancellationToken ct)
    {
        await using (var transaction = await store.BeginAsync(ct))
        {
            await transaction.PutNumberAsync(ClientTables.Downloads, StoreValues.Key(id), time.GetUtcNow().UtcTicks, ct);
            await transaction.CommitAsync(ct);
        }

        long fetched = 0;
        for (var index = 0; index < UploadChunks.CountOf(size); index++)
        {
            var length = UploadChunks.LengthOf(size, index);
            if ((await Spool.GetAsync(store, id, index, ct))?.Length != length)
            {
                var chunk = await retries.RunAsync(id, () => api.GetChunkAsync(id, index, ct), ct);
                if (chunk.Length != length)
                {
                    await ForgetAsync(id, ct);
                    throw Invalid(null);
                }

                await Spool.PutAsync(store, id, index, chunk, ct);
            }

            fetched += length;
            progress?.Report(new(fetched, size));
        }
    }

    private async Task VerifyAsync(Guid id, AttachmentSecret secret, CancellationToken ct)
    {
        await using var ciphertext = new SpoolReader(store, id);
        if (!CryptographicOperations.FixedTimeEquals(await SHA256.HashDataAsync(ciphertext, ct), secret.Sha256))
            throw new EncryptionException(EncryptionError.Tampered, "The file's digest is another one.");
    }

    private async Task ForgetAsync(Guid id, CancellationToken ct)
    {
        await Spool.DeleteAsync(store, id, ct);
        await using var transaction = await store.BeginAsync(ct);
        await transaction.DeleteAsync(ClientTables.Downloads, StoreValues.Key(id), ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Sealed by a member, so not trusted to be well formed.</summary>
    private static AttachmentSecret SecretOf(AttachmentInfo file)
    {
        byte[] key = new byte[32], sha256 = new byte[32];
        return file.Size is >= 0 and <= Limits.AttachmentSize
            && Convert.TryFromBase64String(file.Key, key, out var keyLength) && keyLength == key.Length
            && Convert.TryFromBase64String(file.Sha256, sha256, out var digestLength) && digestLength == sha256.Length
            ? new(key, sha256, file.Size)
            : throw Invalid(null);
    }

    private static ChatException Invalid(Exception? inner)
    {
        const string what = "The file is not the one that its sender sealed: it was changed, or part of it is missing. Nothing of it was kept.";
        return inner is null ? new(ClientErrorCodes.InvalidAttachment, what) : new(ClientErrorCodes.InvalidAttachment, what, inner);
    }
}
