using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Contracts;

namespace ChatService.Client;

/// <summary>What can be done with a message.</summary>
public sealed partial class ChatClient
{
    /// <summary>A message as it is now, with its edits and reactions; null when it is not on this device (any more).</summary>
    public Task<ChatMessage?> FindMessageAsync(Guid conversationId, Guid messageId, CancellationToken ct = default) =>
        _parts.Reader.FindAsync(conversationId, messageId, ct);

    /// <summary>Answers a message. As <see cref="SendAsync"/>.</summary>
    public Task<ChatMessage> ReplyAsync(ChatMessage message, string text, CancellationToken ct = default)
    {
        Require(message);
        return SendAsync(message.ConversationId, new ReplyContent(message.Id, text), ct);
    }

    /// <summary>Gives an own message another text (or an own file another caption), for everyone.</summary>
    /// <exception cref="ChatException"><see cref="ErrorCodes.Forbidden"/>: somebody else's. <see cref="ErrorCodes.InvalidArgument"/>: nothing that has a text, or not sent yet.</exception>
    public Task<ChatMessage> EditAsync(ChatMessage message, string text, CancellationToken ct = default)
    {
        RequireOwn(message, "edit");
        if (MessageView.Edited(message.Content, text) is null)
            throw new ChatException(ErrorCodes.InvalidArgument, "This message has no text that could be edited.");
        return SendAsync(message.ConversationId, new EditContent(message.Id, text), ct);
    }

    /// <summary>
    /// Takes an own message back for everyone: devices forget what it said, and the server a file that it carried. Somebody may
    /// have seen it all the same.
    /// </summary>
    /// <exception cref="ChatException"><see cref="ErrorCodes.Forbidden"/>: somebody else's. <see cref="ErrorCodes.InvalidArgument"/>: not sent yet.</exception>
    public async Task DeleteAsync(ChatMessage message, CancellationToken ct = default)
    {
        RequireOwn(message, "delete");
        await SendAsync(message.ConversationId, new DeleteContent(message.Id), ct);
        if (message.Attachment is not { } file)
            return;
        try
        {
            await _parts.Api.DeleteAttachmentAsync(file.Id, ct);
        }
        catch (ChatException)
        {
            // Without the message nobody has its key; what is left is ciphertext.
        }
    }

    /// <summary>Puts an emoji under a message; once per user and emoji.</summary>
    /// <param name="emoji">One grapheme.</param>
    /// <exception cref="ChatException"><see cref="ErrorCodes.InvalidArgument"/></exception>
    public Task ReactAsync(ChatMessage message, string emoji, CancellationToken ct = default) => ReactAsync(message, emoji, isRemoved: false, ct);

    /// <summary>Takes this user's emoji back.</summary>
    public Task UnreactAsync(ChatMessage message, string emoji, CancellationToken ct = default) => ReactAsync(message, emoji, isRemoved: true, ct);

    /// <summary>
    /// Lets what is sent from now on disappear, from every device and from the server, so long after it was sent; null: messages stay.
    /// For either user of a direct conversation, and for the Owner and Admins of a group. Everyone sees that it changed.
    /// </summary>
    /// <param name="timer">One second to four weeks.</param>
    /// <exception cref="ChatException"><see cref="ErrorCodes.Forbidden"/>, <see cref="ErrorCodes.InvalidArgument"/>.</exception>
    public async Task<Conversation> SetTimerAsync(Conversation conversation, TimeSpan? timer, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        if (timer is { TotalSeconds: < 1 or > Limits.MessageTimerSeconds })
            throw new ChatException(ErrorCodes.InvalidArgument, "A timer is one second to four weeks.");
        var details = await _parts.Api.ChangeTimerAsync(conversation.Id, (int?)timer?.TotalSeconds, ct);
        return await _parts.Conversations.SaveAsync(details, ct);
    }

    private Task<ChatMessage> ReactAsync(ChatMessage message, string emoji, bool isRemoved, CancellationToken ct)
    {
        Require(message);
        ArgumentNullException.ThrowIfNull(emoji);
        return MessageView.IsEmoji(emoji)
            ? SendAsync(message.ConversationId, new ReactionContent(message.Id, emoji, isRemoved), ct)
            : throw new ChatException(ErrorCodes.InvalidArgument, "A reaction is one emoji.");
    }

    private static void RequireOwn(ChatMessage message, string what)
    {
        Require(message);
        if (!message.IsOwn)
            throw new ChatException(ErrorCodes.Forbidden, $"You can {what} only what you wrote yourself.");
    }

    private static void Require(ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Sequence is null)
            throw new ChatException(ErrorCodes.InvalidArgument, "The message has not been sent yet.");
        if (message.Target is not null || message.Content is SystemContent or MissingContent or DisappearedContent or DeletedContent)
            throw new ChatException(ErrorCodes.InvalidArgument, "There is nothing here to answer, edit, delete or react to.");
    }
}
