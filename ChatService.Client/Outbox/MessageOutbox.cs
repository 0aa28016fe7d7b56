using System.Collections.Concurrent;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Client.Reseal;
using ChatService.Client.Storage;
using ChatService.Contracts;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.Outbox;

/// <summary>
/// What this device wants to say, durable before anything else happens to it. Each conversation's entries go one after the other;
/// conversations do not wait for each other.
/// </summary>
internal sealed class MessageOutbox(
    IChatStore store, OutboxDelivery delivery, Acknowledgement acknowledgement, Guid me, Guid ownDevice, ChatEvents events, TimeProvider time, ILogger logger, MessageChanges? changes = null)
    : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<ChatMessage>> _waiting = new();
    private readonly Dictionary<Guid, Task> _lanes = [];
    private readonly CancellationTokenSource _stop = new();
    private bool _started;

    /// <summary>Begins to deliver, with what is left from the last time.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        HashSet<Guid> conversations;
        await using (var transaction = await store.BeginAsync(ct))
            conversations = await OutboxStore.ConversationsAsync(transaction, ct);
        lock (_lanes)
            _started = true;
        foreach (var conversationId in conversations)
            Run(conversationId);
    }

    /// <summary>Stores a message for sending. <c>Acknowledged</c> completes when the server has it, and faults when it never will.</summary>
    public Task<(ChatMessage Message, Task<ChatMessage> Acknowledged)> AddAsync(Guid conversationId, MessageContent content, CancellationToken ct) =>
        AddAsync(conversationId, content, Guid.CreateVersion7(time.GetUtcNow()), ct);

    /// <param name="id">A UUIDv7 made in advance. With the id of a message that is in the outbox or was sent, nothing is added.</param>
    public async Task<(ChatMessage Message, Task<ChatMessage> Acknowledged)> AddAsync(Guid conversationId, MessageContent content, Guid id, CancellationToken ct)
    {
        OutboxEntry entry;
        var acknowledged = new TaskCompletionSource<ChatMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (var transaction = await store.BeginAsync(ct))
        {
            if (await FindAsync(transaction, conversationId, id, ct) is { } known)
                return (known, known.Sequence is null ? _waiting.GetOrAdd(id, acknowledged).Task : Task.FromResult(known));
            content = content with { ExpiresAfter = await TimerStore.FindAsync(transaction, conversationId, ct) };
            entry = new(
                await transaction.NextAsync(ClientTables.Outbox, ct),
                id,
                conversationId,
                content switch { ImageContent => MessageType.Image, FileContent => MessageType.File, _ => MessageType.Text },
                ContentJson.Write(content),
                time.GetUtcNow().UtcDateTime)
            {
                ForAssistant = content is DeleteContent taken && await IsPromptAsync(transaction, conversationId, taken.Target, ct),
            };
            await OutboxStore.SaveAsync(transaction, entry, ct);
            _waiting[entry.Id] = acknowledged;
            await transaction.CommitAsync(ct);
        }

        Run(conversationId);
        return (entry.ToMessage(me, ownDevice), acknowledged.Task);
    }

    /// <summary>Within the caller's transaction; call <see cref="Run"/> after its commit. Nobody is shown it, and nobody waits for it.</summary>
    public async ValueTask AddControlAsync(
        IChatTransaction transaction, Guid conversationId, MessageContent content, Guid? freshSessionWith, CancellationToken ct, bool forAssistant = false)
    {
        content = content with { ExpiresAfter = await TimerStore.FindAsync(transaction, conversationId, ct) };
        var now = time.GetUtcNow();
        var entry = new OutboxEntry(
            await transaction.NextAsync(ClientTables.Outbox, ct), Guid.CreateVersion7(now), conversationId, MessageType.Text, ContentJson.Write(content), now.UtcDateTime)
        {
            FreshSessionWith = freshSessionWith,
            ForAssistant = forAssistant,
        };
        await OutboxStore.SaveAsync(transaction, entry, ct);
    }

    /// <summary>Whether this device has written a message of this id, sent or not.</summary>
    public async Task<bool> HasAsync(Guid conversationId, Guid messageId, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        return await OutboxStore.FindAsync(transaction, conversationId, messageId, ct) is not null
            || await MessageStore.SequenceOfAsync(transaction, conversationId, messageId, ct) is not null;
    }

    private static async ValueTask<bool> IsPromptAsync(IChatTransaction transaction, Guid conversationId, Guid messageId, CancellationToken ct) =>
        (await MessageStore.FindAsync(transaction, conversationId, messageId, ct))?.Content is AssistantPromptContent;

    /// <summary>A message that was added before, in the outbox or in its place; null when there is none.</summary>
    private async ValueTask<ChatMessage?> FindAsync(IChatTransaction transaction, Guid conversationId, Guid messageId, CancellationToken ct)
    {
        if (await OutboxStore.FindAsync(transaction, conversationId, messageId, ct) is { } entry)
            return entry.ToMessage(me, ownDevice);
        return await MessageStore.FindAsync(transaction, conversationId, messageId, ct) is { } message ? acknowledgement.Show(message) : null;
    }

    /// <summary>Tries a failed message again; false when there is none of that id.</summary>
    public async Task<bool> RetryAsync(Guid conversationId, Guid messageId, CancellationToken ct)
    {
        await using (var transaction = await store.BeginAsync(ct))
        {
            if (await OutboxStore.FindAsync(transaction, conversationId, messageId, ct) is not { Error: not null } entry)
                return false;
            await OutboxStore.SaveAsync(transaction, entry with { Error = null }, ct);
            await transaction.CommitAsync(ct);
        }

        Run(conversationId);
        return true;
    }

    /// <summary>CatchUp brought an own message whose receipt was lost.</summary>
    public void OnAcknowledged(StoredMessage message) => Complete(acknowledgement.Show(message));

    public void Run(Guid conversationId)
    {
        lock (_lanes)
        {
            if (!_started || _stop.IsCancellationRequested)
                return;
            // Behind the lane that runs: it may have looked for the last time already.
            var before = _lanes.GetValueOrDefault(conversationId, Task.CompletedTask);
            if (before.IsCompleted)
                _lanes[conversationId] = Task.Run(() => RunLaneAsync(conversationId, _stop.Token));
            else
                _lanes[conversationId] = before.ContinueWith(_ => RunLaneAsync(conversationId, _stop.Token), TaskScheduler.Default).Unwrap();
        }
    }

    private async Task RunLaneAsync(Guid conversationId, CancellationToken ct)
    {
        try
        {
            while (await NextAsync(conversationId, ct) is { } entry)
            {
                var (receipt, error) = await delivery.DeliverAsync(entry, ct);
                if (receipt is not null)
                    await AcknowledgeAsync(entry, receipt, ct);
                else
                    await FailAsync(entry, error!, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopped: what is left goes out after the next start.
        }
#pragma warning disable CA1031 // The store failed: the entries stay, and the next send or start tries again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.BackgroundFailed(logger, "Sending", e);
        }
    }

    private async Task<OutboxEntry?> NextAsync(Guid conversationId, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        return await OutboxStore.NextAsync(transaction, conversationId, ct);
    }

    private async Task AcknowledgeAsync(OutboxEntry entry, MessageReceipt receipt, CancellationToken ct)
    {
        try
        {
            if (await acknowledgement.SaveAsync(entry, receipt, ct) is { } message)
            {
                Complete(message);
                if (changes is not null)
                    await changes.AnnounceAsync(message, ct);
            }
        }
        catch (ChatException e) when (e.Code == ClientErrorCodes.InvalidReceipt)
        {
            await FailAsync(entry, e.Error, ct);
        }
    }

    private async Task FailAsync(OutboxEntry entry, ChatError error, CancellationToken ct)
    {
        entry = entry with { Error = error };
        await using (var transaction = await store.BeginAsync(ct))
        {
            // CatchUp may have brought it meanwhile: then it was sent after all.
            if (await OutboxStore.FindAsync(transaction, entry.ConversationId, entry.Id, ct) is null)
                return;
            if (IsControl(entry))
                await OutboxStore.DeleteAsync(transaction, entry, ct);
            else
                await OutboxStore.SaveAsync(transaction, entry, ct);
            await OutboxStore.DeleteSealedAsync(transaction, entry.Id, ct);
            await transaction.CommitAsync(ct);
        }

        Log.SendFailed(logger, entry.Id, error.Code);
        if (IsControl(entry))
            return;

        if (_waiting.TryRemove(entry.Id, out var waiting))
            waiting.TrySetException(new ChatException(error));
        events.RaiseOwnMessageChanged(entry.ToMessage(me, ownDevice));
    }

    private void Complete(ChatMessage message)
    {
        if (_waiting.TryRemove(message.Id, out var waiting))
            waiting.TrySetResult(message);
        if (ControlContent.Is(message.Content))
            return;
        events.RaiseOwnMessageChanged(message);
    }

    private static bool IsControl(OutboxEntry entry) => ControlContent.Is(ContentJson.Read(entry.Json));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] lanes;
        lock (_lanes)
            lanes = [.. _lanes.Values];
        await Task.WhenAll(lanes);
        foreach (var waiting in _waiting.Values)
            waiting.TrySetCanceled();
        _stop.Dispose();
    }
}
