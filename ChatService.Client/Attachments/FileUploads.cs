using System.Collections.Concurrent;
using System.Text.Json;
using ChatService.Client.Api;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Attachments;
using ChatService.Client.Messages;
using ChatService.Client.Outbox;
using ChatService.Client.Storage;
using ChatService.Contracts;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.Attachments;

/// <summary>
/// Sends files: encrypts into the spool, uploads what the server lacks, then sends the message that names it. From the moment the
/// spool is complete it gets there, also after a restart.
/// </summary>
internal sealed class FileUploads(
    IChatStore store, ChatApi api, MessageOutbox outbox, TransferRetries retries, EncryptionOptions encryption, Guid me, Guid ownDevice, ChatEvents events, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, Task<ChatMessage>> _running = new();
    private readonly CancellationTokenSource _stop = new();

    public static ChatException TooLarge() => new(ErrorCodes.TooLarge, $"A file may have at most {Limits.AttachmentSize / 1024 / 1024} MiB.");

    /// <summary>Goes on with what an earlier run left.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        foreach (var upload in await ListAsync(ct))
        {
            if (upload.Json is not null)
                _ = Run(upload, null);
            else if (!_running.ContainsKey(upload.Id))
                await RemoveAsync(upload, ct);
        }
    }

    public async Task<IReadOnlyList<ChatMessage>> PendingAsync(Guid conversationId, CancellationToken ct) =>
        [.. (await ListAsync(ct)).Where(upload => upload.Json is not null && upload.ConversationId == conversationId).Select(upload => upload.ToMessage(me, ownDevice))];

    /// <summary>Completes when the server has the file and the message.</summary>
    /// <param name="describe">Makes the message's content of what opens the file.</param>
    public async Task<ChatMessage> SendAsync(
        Guid conversationId, Stream plaintext, Func<AttachmentInfo, MessageContent> describe, string name, string mediaType, IProgress<TransferProgress>? progress, CancellationToken ct)
    {
        if (plaintext.CanSeek && plaintext.Length - plaintext.Position > Limits.AttachmentSize)
            throw TooLarge();
        var now = time.GetUtcNow();
        var upload = new UploadRecord(Guid.CreateVersion7(now), Guid.CreateVersion7(now), conversationId, now.UtcDateTime);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, _stop.Token);
        // Known as running, so that a start at the same time does not clear it away.
        var encrypting = new TaskCompletionSource<ChatMessage>();
        _running[upload.Id] = encrypting.Task;
        try
        {
            upload = await EncryptAsync(upload, plaintext, describe, name, mediaType, stop.Token);
        }
        catch
        {
            await RemoveAsync(upload, CancellationToken.None);
            throw;
        }
        finally
        {
            _running.TryRemove(upload.Id, out _);
            encrypting.SetCanceled(CancellationToken.None);
        }

        return await Run(upload, progress).WaitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running.Values.Select(running => running.ContinueWith(_ => { }, TaskScheduler.Default)));
        _stop.Dispose();
    }

    private async Task<UploadRecord> EncryptAsync(
        UploadRecord upload, Stream plaintext, Func<AttachmentInfo, MessageContent> describe, string name, string mediaType, CancellationToken ct)
    {
        await SaveAsync(upload, ct);
        await using var spool = new SpoolWriter(store, upload.Id);
        var secret = await new AttachmentCipher(encryption).EncryptAsync(plaintext, spool, ct);
        await spool.CompleteAsync(ct);
        if (secret.Size > Limits.AttachmentSize)
            throw TooLarge();
        var info = new AttachmentInfo(upload.Id, Convert.ToBase64String(secret.Key), Convert.ToBase64String(secret.Sha256), secret.Size, name, mediaType);
        upload = upload with { Json = ContentJson.Write(describe(info)), CiphertextSize = spool.Written };
        await SaveAsync(upload, ct);
        return upload;
    }

    private Task<ChatMessage> Run(UploadRecord upload, IProgress<TransferProgress>? progress) =>
        _running.GetOrAdd(upload.Id, _ => Task.Run(() => RunAsync(upload, progress, _stop.Token)));

    private async Task<ChatMessage> RunAsync(UploadRecord upload, IProgress<TransferProgress>? progress, CancellationToken ct)
    {
        try
        {
            await UploadOrRefuseAsync(upload, progress, ct);
            var (_, acknowledged) = await outbox.AddAsync(upload.ConversationId, ContentJson.Read(upload.Json!), upload.MessageId, ct);
            await RemoveAsync(upload, ct);
            return await acknowledged.WaitAsync(ct);
        }
        finally
        {
            _running.TryRemove(upload.Id, out _);
        }
    }

    private async Task UploadOrRefuseAsync(UploadRecord upload, IProgress<TransferProgress>? progress, CancellationToken ct)
    {
        try
        {
            await UploadAsync(upload, progress, ct);
        }
        catch (ChatException e)
        {
            await RemoveAsync(upload, CancellationToken.None);
            Log.SendFailed(logger, upload.MessageId, e.Code);
            events.RaiseOwnMessageChanged(upload.ToMessage(me, ownDevice) with { State = MessageState.Failed, Error = e.Error });
            throw;
        }
    }

    private async Task UploadAsync(UploadRecord upload, IProgress<TransferProgress>? progress, CancellationToken ct)
    {
        var request = new CreateAttachmentRequest(upload.Id, upload.MessageId, upload.CiphertextSize);
        var status = await retries.RunAsync(upload.Id, () => api.CreateAttachmentAsync(upload.ConversationId, request, ct), ct);
        var left = status.MissingChunks.Sum(index => (long)UploadChunks.LengthOf(upload.CiphertextSize, index));
        progress?.Report(new(upload.CiphertextSize - left, upload.CiphertextSize));
        foreach (var index in status.MissingChunks)
        {
            var chunk = await Spool.GetAsync(store, upload.Id, index, ct)
                ?? throw new ChatException(ErrorCodes.Internal, "A part of the encrypted file is not in the store any more: send the file again.");
            await retries.RunAsync(upload.Id, () => api.PutChunkAsync(upload.Id, index, chunk, ct), ct);
            left -= chunk.Length;
            progress?.Report(new(upload.CiphertextSize - left, upload.CiphertextSize));
        }
    }

    private async Task<List<UploadRecord>> ListAsync(CancellationToken ct)
    {
        List<UploadRecord> uploads = [];
        await using var transaction = await store.BeginAsync(ct);
        await foreach (var (_, value) in transaction.ListAsync(ClientTables.Uploads, "", null, ct: ct))
            uploads.Add(JsonSerializer.Deserialize(value, ClientJson.Default.UploadRecord)!);
        return uploads;
    }

    private async Task SaveAsync(UploadRecord upload, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        await transaction.PutJsonAsync(ClientTables.Uploads, StoreValues.Key(upload.Id), upload, ClientJson.Default.UploadRecord, ct);
        await transaction.CommitAsync(ct);
    }

    private async Task RemoveAsync(UploadRecord upload, CancellationToken ct)
    {
        await Spool.DeleteAsync(store, upload.Id, ct);
        await using var transaction = await store.BeginAsync(ct);
        await transaction.DeleteAsync(ClientTables.Uploads, StoreValues.Key(upload.Id), ct);
        await transaction.CommitAsync(ct);
    }
}
