using ChatService.Client.Assistant;
using ChatService.Client.Blocks;
using ChatService.Client.Connection;
using ChatService.Client.Conversations;
using ChatService.Client.Devices;
using ChatService.Client.Receipts;
using ChatService.Client.Storage;
using ChatService.Client.Typing;
using ChatService.Contracts;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.CatchUp;

/// <summary>What each call of the server leads to. Runs on the sync loop; what takes long or may fail goes beside it.</summary>
internal sealed class HubCalls(
    IChatStore store,
    MessageIntake intake,
    CatchUpSchedule schedule,
    ConversationDirectory conversations,
    DeliveryLists lists,
    KeyUpkeep keys,
    OwnDevices devices,
    BlockList blocks,
    TypingExpiry typing,
    ILinkSource links,
    AnswerReader answers,
    ChatEvents events,
    Guid me,
    ILogger logger,
    CancellationToken stop) : IChatHubClient
{
    /// <summary>Set by the client once both exist.</summary>
    public SyncLoop? Loop { get; set; }

    public Task ReceiveMessage(SealedMessage message) => intake.LiveAsync(message, stop);

    public Task MessageDelivered(ReceiptUpdate receipt) => MoveAsync(receipt, receipt.Sequence, 0);

    public Task MessageRead(ReceiptUpdate receipt) =>
        receipt.UserId == me ? ReadElsewhereAsync(receipt) : MoveAsync(receipt, receipt.Sequence, receipt.Sequence);

    public async Task UserTyping(Guid conversationId, Guid userId, bool isTyping)
    {
        if (!isTyping || !await blocks.ContainsAsync(userId, stop))
            typing.Told(conversationId, userId, isTyping);
    }

    public async Task PresenceChanged(PresenceUpdate presence)
    {
        if (presence.Status == PresenceStatus.Offline || !await blocks.ContainsAsync(presence.UserId, stop))
            events.RaisePresenceChanged(presence);
    }

    public Task BlocksChanged() => Beside("Asking who is blocked", blocks.RefreshAsync);

    public Task UserJoinedRoom(Guid conversationId, Guid userId) => ChangedAsync(conversationId);

    public Task UserLeftRoom(Guid conversationId, Guid userId) => ChangedAsync(conversationId);

    public async Task ConversationCreated(ConversationDetails conversation)
    {
        await conversations.SaveAsync(conversation, stop);
        await JoinAsync(conversation.Id);
        schedule.Within(TimeSpan.Zero);
    }

    public async Task ConversationChanged(Guid conversationId, long membershipVersion)
    {
        await ChangedAsync(conversationId);
        await JoinAsync(conversationId);
    }

    public Task KeyBundleUpdated(Guid userId, Guid deviceId)
    {
        lists.DropUser(userId);
        return userId == me ? CompareOwnDevices() : Task.CompletedTask;
    }

    public Task RotateSignedPreKey() => Beside("Rotating the signed prekey", keys.RotateAsync);

    public Task OneTimePreKeysLow(int remaining) => Beside("Topping up one-time prekeys", keys.TopUpAsync);

    public Task PrivacySettingsChanged(PrivacySettings settings)
    {
        events.RaisePrivacySettingsChanged(settings);
        return Task.CompletedTask;
    }

    public Task ReceiveAIChunk(AIChunk chunk)
    {
        events.RaiseAIChunk(chunk);
        return answers.ReceiveAsync(chunk, stop);
    }

    public Task CancelAIResponse(Guid conversationId, Guid promptId)
    {
        events.RaiseAnswerCancelled(conversationId, promptId);
        return Task.CompletedTask;
    }

    public Task AIResponseComplete(AIResponseReceipt receipt)
    {
        answers.Forget(receipt.PromptId);
        events.RaiseAIResponse(receipt);
        return Task.CompletedTask;
    }

    /// <summary>The connection itself acts on it.</summary>
    public Task ServerDraining(int reconnectWithinMs) => Task.CompletedTask;

    public Task BackplaneChanged(bool available)
    {
        Loop!.HasBackplane = available;
        schedule.Within(TimeSpan.Zero);
        return Task.CompletedTask;
    }

    private async Task MoveAsync(ReceiptUpdate receipt, long delivered, long read)
    {
        ReceiptProgress? progress = null;
        await using (var transaction = await store.BeginAsync(stop))
        {
            if (await MarkerStore.MoveAsync(transaction, receipt.ConversationId, receipt.UserId, delivered, read, stop)
                && await ConversationStore.FindAsync(transaction, receipt.ConversationId, stop) is { } details)
            {
                progress = await MarkerStore.ProgressAsync(transaction, details, me, stop);
                await transaction.CommitAsync(stop);
            }
        }

        if (progress is not null)
            events.RaiseReceiptsMoved(progress);
    }

    /// <summary>Also after each connect: what happened meanwhile.</summary>
    public Task CompareOwnDevices() => Beside("Comparing own devices", devices.CompareAsync);

    private async Task ReadElsewhereAsync(ReceiptUpdate receipt)
    {
        bool isNews;
        await using (var transaction = await store.BeginAsync(stop))
        {
            isNews = await ReceiptStore.ReadThroughAsync(transaction, receipt.ConversationId, stop) < receipt.Sequence;
            await ReceiptStore.NoteReadElsewhereAsync(transaction, receipt.ConversationId, receipt.MessageId, receipt.Sequence, stop);
            await transaction.CommitAsync(stop);
        }

        if (isNews)
            events.RaiseReadElsewhere(receipt.ConversationId, receipt.Sequence);
    }

    private async Task ChangedAsync(Guid conversationId)
    {
        lists.Drop(conversationId);
        // What a removal itself says goes to an audience that nobody had joined yet: it may have to be asked for.
        if (await conversations.RefreshAsync(conversationId, stop) && await conversations.FindAsync(conversationId, stop) is { } now)
            await intake.NotedAsync(conversationId, now.Details.LastSequence, stop);
    }

    /// <summary>Without it the conversation still comes with CatchUp, so a refusal is no reason to stop.</summary>
    private Task JoinAsync(Guid conversationId) =>
        links.Current is { } link ? Beside("Joining a conversation", _ => link.Hub.JoinRoom(conversationId)) : Task.CompletedTask;

    private Task Beside(string what, Func<CancellationToken, Task> work)
    {
        _ = Task.Run(
            async () =>
            {
                try
                {
                    await work(stop);
                }
#pragma warning disable CA1031 // Tried again at the next occasion; nothing depends on it now.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    if (!stop.IsCancellationRequested)
                        Log.BackgroundFailed(logger, what, e);
                }
            },
            stop);
        return Task.CompletedTask;
    }
}
