using ChatService.Client.Reseal;
using ChatService.Client.Storage;

namespace ChatService.Client.Messages;

/// <summary>
/// Which edits, deletions and reactions there are of a message. They are messages themselves, each with its place; what they amount
/// to is worked out from the places alone (<see cref="MessageView"/>), so it does not matter in which order they came.
/// </summary>
internal static class MessageAmendments
{
    /// <summary>The message that a content changes; null when it changes none.</summary>
    public static Guid? TargetOf(MessageContent content) => content switch
    {
        EditContent c => c.Target,
        DeleteContent c => c.Target,
        ReactionContent c => c.Target,
        _ => null,
    };

    /// <summary>A message was saved: it may be a change, or have been changed before it came.</summary>
    public static async ValueTask NoteAsync(IChatTransaction transaction, StoredMessage message, CancellationToken ct)
    {
        if (TargetOf(message.Content) is not { } target)
        {
            if (message.SystemEvent is null && message.Missing is null)
                await WipeIfDeletedAsync(transaction, message, ct);
            return;
        }

        await transaction.PutAsync(ClientTables.Amendments, Key(message.ConversationId, target, message.Sequence), new byte[] { 1 }, ct);
        if (await TargetAsync(transaction, message, ct) is { } changed)
            await WipeIfDeletedAsync(transaction, changed, ct);
    }

    /// <summary>The message that an amendment is about; null when it is not on this device.</summary>
    public static async ValueTask<StoredMessage?> TargetAsync(IChatTransaction transaction, StoredMessage amendment, CancellationToken ct) =>
        TargetOf(amendment.Content) is { } target ? await MessageStore.FindAsync(transaction, amendment.ConversationId, target, ct) : null;

    /// <summary>In the order of their places.</summary>
    public static async ValueTask<List<StoredMessage>> ListAsync(IChatTransaction transaction, StoredMessage message, CancellationToken ct)
    {
        List<StoredMessage> amendments = [];
        foreach (var (key, _) in await transaction.ListPrefixAsync(ClientTables.Amendments, Prefix(message.ConversationId, message.Id), ct))
        {
            if (await MessageStore.FindAsync(transaction, message.ConversationId, StoreValues.NumberOf(key), ct) is { } amendment)
                amendments.Add(amendment);
        }

        return amendments;
    }

    /// <summary>The message goes, and what was said about it with it.</summary>
    public static async ValueTask RemoveAsync(IChatTransaction transaction, StoredMessage message, CancellationToken ct)
    {
        foreach (var (key, _) in await transaction.ListPrefixAsync(ClientTables.Amendments, Prefix(message.ConversationId, message.Id), ct))
        {
            await transaction.DeleteAsync(ClientTables.Messages, StoreValues.Key(message.ConversationId, StoreValues.NumberOf(key)), ct);
            await transaction.DeleteAsync(ClientTables.Amendments, key, ct);
        }
    }

    /// <summary>What a deleted message said, in all of its versions, is not kept.</summary>
    private static async ValueTask WipeIfDeletedAsync(IChatTransaction transaction, StoredMessage message, CancellationToken ct)
    {
        var amendments = await ListAsync(transaction, message, ct);
        if (!message.IsDeleted && !MessageView.IsDeleted(message, amendments))
            return;
        await SentEnvelopes.DeleteAsync(transaction, message.ConversationId, message.Id, ct);
        if (!message.IsDeleted)
            await MessageStore.ReplaceAsync(transaction, message with { Json = null, Undecryptable = null, IsDeleted = true }, ct);
        foreach (var edit in amendments)
        {
            await SentEnvelopes.DeleteAsync(transaction, edit.ConversationId, edit.Id, ct);
            if (edit.Content is EditContent { Text: not "" } content)
                await MessageStore.ReplaceAsync(transaction, edit with { Json = ContentJson.Write(content with { Text = "" }) }, ct);
        }
    }

    private static string Prefix(Guid conversationId, Guid messageId) => $"{StoreValues.Key(conversationId, messageId)}/";

    private static string Key(Guid conversationId, Guid messageId, long sequence) => Prefix(conversationId, messageId) + StoreValues.Key(sequence);
}
